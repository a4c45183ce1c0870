// The top of the chat: back to the list, who the bot is, and the chat's menu.

import { assign, element, iconButton, write } from "./element.js";
import { languageOf } from "./language.js";

export class Head {
  element = element("header", { class: "bar", lang: "en" });
  #avatar = element("span", { class: "avatar", "aria-hidden": "true" });
  #name = element("h3", { dir: "auto" });
  #state = element("span", { class: "chat-state" });
  #back;

  /** `back()` leads to the chat list; `acts` opens the menu and the profile. */
  constructor(back, acts) {
    this.#back = iconButton("back", "Chat list", back);
    const more = iconButton("more", "Chat menu", () => acts.chatMenu(more), { "aria-haspopup": "menu" });
    const profile = element("button", { type: "button", class: "who", "aria-label": "Bot profile" }, this.#avatar);
    const words = element("div", { class: "who-words" }, this.#name, this.#state);
    profile.addEventListener("click", () => acts.profile());
    words.addEventListener("click", () => acts.profile());
    this.element.append(this.#back, profile, words, more);
  }

  update({ bot, typing, blocked }) {
    write(this.#avatar, [...bot.name][0] ?? "");
    write(this.#name, bot.name);
    assign(this.#name, "lang", languageOf(bot.name));
    write(this.#state, typing ? "typing…" : blocked ? "blocked" : "bot");
    this.#state.classList.toggle("typing", typing);
  }

  focus() {
    this.#back.focus({ preventScroll: true });
  }
}
