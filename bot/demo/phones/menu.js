// A small menu that opens at a button: arrow keys move, Escape and a click elsewhere close it.

import { element, icon, rove } from "./element.js";

const MARGIN = 8; // pixels kept free around the menu

export class Menu {
  #screen;
  #box = null;
  #opener = null;

  constructor(screen) {
    this.#screen = screen;
    document.addEventListener("pointerdown", (event) => {
      if (this.#box !== null && !this.#box.contains(event.target)) this.close(false);
    });
  }

  /**
   * Opens below (or above) `opener`. `items` is a list of {name, icon, style?: "danger", run}.
   * `look` is "list" or "grid"; `note` is a line under the items. Opening it again at the same button closes it.
   */
  open(opener, label, items, { look = "list", note = "" } = {}) {
    const again = this.#opener === opener && this.#box !== null;
    this.close(again);
    if (again) return;
    this.#opener = opener;
    opener.setAttribute("aria-expanded", "true");
    const buttons = items.map((item) => this.#item(item));
    this.#box = element("div", { class: `menu ${look}`, lang: "en" });
    this.#box.append(element("div", { class: "items", role: "menu", "aria-label": label }, ...buttons));
    if (note) this.#box.append(element("p", { class: "note" }, note));
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#screen.append(this.#box);
    this.#place();
    buttons[0].focus({ preventScroll: true });
  }

  /** Closes the menu; `back` returns the focus to the button that opened it. */
  close(back = true) {
    if (this.#box === null) return;
    this.#box.remove();
    this.#box = null;
    this.#opener.removeAttribute("aria-expanded");
    if (back && this.#opener.isConnected) this.#opener.focus({ preventScroll: true });
  }

  #item({ name, icon: drawing, style, run }) {
    const button = element("button", { type: "button", role: "menuitem", "data-style": style, tabindex: "-1" });
    button.append(icon(drawing), element("span", {}, name));
    button.addEventListener("click", () => {
      this.close();
      run();
    });
    return button;
  }

  #key(event) {
    if (rove(this.#box, event)) return;
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  #place() {
    const room = this.#screen.getBoundingClientRect();
    const at = this.#opener.getBoundingClientRect();
    const size = { width: this.#box.offsetWidth, height: this.#box.offsetHeight };
    const below = at.bottom + 4;
    const top = below + size.height + MARGIN < room.bottom ? below : at.top - 4 - size.height;
    const clamp = (value, low, high) => Math.max(low, Math.min(value, high));
    const left = clamp(at.left, room.left + MARGIN, room.right - MARGIN - size.width);
    this.#box.style.left = `${left - room.left}px`;
    this.#box.style.top = `${clamp(top, room.top + MARGIN, room.bottom - MARGIN - size.height) - room.top}px`;
  }
}
