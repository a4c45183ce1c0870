// What a phone shows over the chat: a short line that goes by itself, or a small window that waits for an answer.

import { assign, element, write } from "./element.js";
import { languageOf } from "./language.js";

const TOAST_TIME = 4000; // milliseconds a short line stays
let windows = 0; // how many were opened, for their ids

export class Notices {
  #screen;
  #toast = element("div", { class: "toast", role: "status" });
  #toastTimer = 0;
  #window = null;
  #before = null;

  /** `screen` is the part of the page that looks like the phone's screen; everything in it waits behind a window. */
  constructor(screen) {
    this.#screen = screen;
    screen.append(this.#toast);
  }

  toast(text) {
    assign(this.#toast, "lang", languageOf(text));
    write(this.#toast, text);
    this.#toast.classList.add("shown");
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => {
      this.#toast.classList.remove("shown");
      write(this.#toast, "");
    }, TOAST_TIME);
  }

  /**
   * A window with a title, a text and buttons; Escape closes it and does nothing.
   * `actions` is a list of {name, style?: "danger", run?}; each closes the window.
   */
  window(title, text, actions = [{ name: "OK" }]) {
    this.close();
    const heading = element("h3", { id: `window-${(windows += 1)}`, dir: "auto" }, title);
    const words = element("p", { id: `${heading.id}-text`, dir: "auto", lang: languageOf(text) }, text);
    const box = element(
      "div",
      { class: "window", role: "alertdialog", "aria-labelledby": heading.id, "aria-describedby": words.id, lang: "en" },
      heading,
      words,
      element("div", { class: "window-actions" }, ...actions.map((action) => this.#action(action))),
    );
    const veil = element("div", { class: "veil" }, box);
    veil.addEventListener("keydown", (event) => this.#key(event, veil));
    this.#open(veil);
  }

  close() {
    if (this.#window === null) return;
    this.#window.remove();
    this.#window = null;
    for (const part of this.#screen.children) part.inert = false;
    if (this.#before?.isConnected) this.#before.focus();
  }

  #action({ name, style, run }) {
    const button = element("button", { type: "button", class: "plain", "data-style": style }, name);
    button.addEventListener("click", () => {
      this.close();
      run?.();
    });
    return button;
  }

  /** Escape closes; Tab stays among the buttons until one is pressed. */
  #key(event, veil) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab") {
      event.preventDefault();
      const buttons = [...veil.querySelectorAll("button")];
      const step = event.shiftKey ? -1 : 1;
      buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
    }
  }

  #open(veil) {
    const focused = document.activeElement;
    this.#before = this.#screen.contains(focused) ? focused : null;
    for (const part of this.#screen.children) part.inert = part !== this.#toast;
    this.#screen.append(veil);
    this.#window = veil;
    // A window that opens on one phone does not take the keyboard away from another.
    if (this.#before !== null || focused === document.body) veil.querySelector(".plain:last-child").focus();
  }
}
