// The phone's list of chats: what somebody who picks up the phone sees first.

import { machineTime, shortTime } from "./clock.js";
import { assign, element, icon, write } from "./element.js";
import { languageOf } from "./language.js";

export class ChatList {
  element = element("div", { class: "chat-list" });
  #row = element("button", { type: "button", class: "chat-row" });
  #avatar = element("span", { class: "avatar", "aria-hidden": "true" });
  #name = element("span", { class: "chat-name", dir: "auto" });
  #preview = element("span", { class: "chat-preview", dir: "auto" });
  #time = element("time", { class: "chat-time" });
  #unread = element("span", { class: "unread", hidden: true });

  /** `open` is called when the chat is chosen. */
  constructor(open) {
    this.#row.append(
      this.#avatar,
      element("span", { class: "chat-top" }, this.#name, this.#time),
      element("span", { class: "chat-bottom" }, this.#preview, this.#unread),
    );
    this.#row.addEventListener("click", open);
    const heading = element("header", { class: "bar", lang: "en" }, element("h3", { class: "list-title" }, "Chats"));
    this.element.append(heading, element("div", { class: "rows" }, this.#row, savedMessages()));
  }

  update(chat, unread) {
    const { bot, preview, now } = chat;
    write(this.#avatar, [...bot.name][0] ?? "");
    write(this.#name, bot.name);
    write(this.#preview, preview?.text ?? "");
    assign(this.#preview, "lang", languageOf(preview?.text ?? "", chat.person.language));
    assign(this.#row, "data-from", preview?.from);
    write(this.#time, preview ? shortTime(preview.date, now) : "");
    assign(this.#time, "datetime", preview && machineTime(preview.date));
    this.#unread.hidden = unread === 0;
    write(this.#unread, unread > 0 ? String(unread) : "");
    assign(this.#unread, "aria-label", unread > 0 ? `${unread} unread` : null);
  }

  focus() {
    this.#row.focus({ preventScroll: true });
  }
}

/** A calm neighbour, so that the row is seen as on a phone; it leads nowhere. */
function savedMessages() {
  return element(
    "div",
    { class: "chat-row placeholder", lang: "en" },
    element("span", { class: "avatar pale", "aria-hidden": "true" }, icon("bookmark")),
    element("span", { class: "chat-top" }, element("span", { class: "chat-name" }, "Saved messages")),
    element("span", { class: "chat-bottom" }, element("span", { class: "chat-preview" }, "Nothing saved yet")),
  );
}
