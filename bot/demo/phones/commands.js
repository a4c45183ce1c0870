// The bot's list of commands, opened with its button or by typing "/".

import { element, iconButton, rove, write } from "./element.js";
import { languageOf } from "./language.js";

export class Commands {
  button;
  panel = element("div", { class: "commands", hidden: true, role: "group", "aria-label": "Commands" });
  #list = [];
  #drawn = "";
  #choose;
  #field;

  /** `field` is the message field; `choose(command)` is called with "/name". */
  constructor(field, choose) {
    this.#field = field;
    this.#choose = choose;
    this.button = iconButton("menu", "Commands", () => this.#toggle(), {
      class: "round commands-button",
      "aria-expanded": "false",
    });
    field.addEventListener("input", () => this.#follow());
    field.addEventListener("keydown", (event) => this.#enter(event));
    this.panel.addEventListener("keydown", (event) => this.#walk(event));
    // After the click, not before it: closing moves the chat, and the click would miss its button.
    document.addEventListener("click", ({ target }) => {
      if (![this.panel, this.button, field].some((part) => part.contains(target))) this.close();
    });
  }

  update(list) {
    this.#list = list;
    this.button.hidden = list.length === 0;
    if (!this.panel.hidden) this.#draw(this.#typed() ?? "");
  }

  close() {
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  /** What is typed after "/" as long as it can still become a command, else null. */
  #typed() {
    return /^\/(\w*)$/u.exec(this.#field.value)?.[1].toLowerCase() ?? null;
  }

  #toggle() {
    if (!this.panel.hidden) return this.close();
    this.#draw("");
    this.panel.querySelector("button")?.focus();
    return undefined;
  }

  #follow() {
    const typed = this.#typed();
    if (typed === null) this.close();
    else this.#draw(typed);
  }

  #draw(start) {
    const fitting = this.#list.filter(({ command }) => command.startsWith(start));
    const wanted = JSON.stringify(fitting);
    if (wanted !== this.#drawn) {
      this.#drawn = wanted;
      this.panel.replaceChildren(...fitting.map((entry) => this.#row(entry)));
    }
    this.panel.hidden = fitting.length === 0;
    this.button.setAttribute("aria-expanded", String(!this.panel.hidden));
  }

  #row({ command, description }) {
    const words = element("span", { lang: languageOf(description), dir: "auto" });
    write(words, description);
    const row = element("button", { type: "button" }, words, element("span", { class: "command-name" }, `/${command}`));
    row.addEventListener("click", () => {
      this.close();
      this.#choose(`/${command}`);
    });
    return row;
  }

  #enter(event) {
    if (this.panel.hidden) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const rows = this.panel.querySelectorAll("button");
      rows[event.key === "ArrowUp" ? rows.length - 1 : 0].focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
  }

  #walk(event) {
    if (rove(this.panel, event)) return;
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.close();
    this.button.focus();
  }
}
