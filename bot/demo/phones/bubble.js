// One message of the chat: its bubble and the buttons beneath it.
// An edit changes what differs and leaves the rest, so the button in use keeps the focus.

import { hours, machineTime } from "./clock.js";
import { assign, element, icon, iconButton, write } from "./element.js";
import { languageOf } from "./language.js";

const LONGEST_PROGRESS = 5000; // milliseconds a pressed button waits for a sign of life
const KINDS = {
  photo: ["photo", "Photo"],
  video: ["video", "Video"],
  animation: ["video", "GIF"],
  voice: ["voice", "Voice message"],
  audio: ["voice", "Audio"],
  video_note: ["round", "Video message"],
  document: ["file", "File"],
  sticker: ["sticker", "Sticker"],
  contact: ["person", "Contact"],
  location: ["pin", "Location"],
  venue: ["pin", "Place"],
  poll: ["poll", "Poll"],
  dice: ["dice", "Dice"],
};
const KEY_ICONS = { copy: "copy", url: "link" };
const KEY_NOTES = { copy: "Copies to the clipboard", url: "Opens an address" };

export class Bubble {
  element = element("div", { class: "message", role: "group" });
  message = null;
  #day = element("div", { class: "day", hidden: true });
  #time = element("time");
  #edited = element("span", { class: "edited", hidden: true }, "edited ");
  #text = element("span", { class: "text", dir: "auto" });
  #bubble;
  #keyboard = null;
  #extra = null;
  #phone;
  #signature = "";
  #timers = new Map();

  /** `phone` answers for what is pressed here: press(message, key), call(number), options(bubble, opener). */
  constructor(phone) {
    this.#phone = phone;
    this.options = iconButton("more", "Options", () => phone.options(this, this.options), {
      class: "round options",
      "aria-haspopup": "menu",
      tabindex: "-1",
    });
    const meta = element("span", { class: "meta", lang: "en" }, this.#edited, this.#time);
    this.#bubble = element("div", { class: "bubble" }, this.#text, meta);
    this.element.append(this.#day, element("div", { class: "line" }, this.#bubble, this.options));
    this.element.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      phone.options(this, this.options);
    });
  }

  /** Draws an entry of the chat; `day` is the name of the day when one begins here. Returns whether it changed. */
  update(message, day, language) {
    const signature = JSON.stringify([message, day, language]);
    if (signature === this.#signature) return false;
    const from = message.from === "person" ? "You" : "Bot";
    this.#signature = signature;
    this.message = message;
    for (const name of ["message_id", "from", "kind", "protected"]) {
      assign(this.element, `data-${name.replace("_", "-")}`, message[name]);
    }
    assign(this.element, "aria-label", from);
    this.#day.hidden = day === null;
    write(this.#day, day ?? "");
    this.#drawWords(message, language);
    this.#drawKeyboard(message.buttons ?? [], language);
    this.settle();
    return true;
  }

  /** Ends the progress of every pressed button. */
  settle() {
    for (const [key, timer] of this.#timers) {
      clearTimeout(timer);
      key.removeAttribute("aria-busy");
    }
    this.#timers.clear();
  }

  #drawWords(message, language) {
    assign(this.#bubble, "lang", languageOf(message.text ?? "", language));
    write(this.#text, message.text ?? "");
    this.#edited.hidden = !message.edited;
    write(this.#time, hours(message.date));
    assign(this.#time, "datetime", machineTime(message.date));
    const extra = message.kind === "text" ? null : this.#drawExtra(message);
    if (this.#extra !== null) this.#extra.remove();
    if (extra !== null) this.#bubble.prepend(extra);
    this.#extra = extra;
  }

  #drawExtra(message) {
    if (message.kind === "contact" && message.contact) return this.#drawContact(message.contact);
    const [drawing, name] = KINDS[message.kind] ?? ["file", message.kind.replaceAll("_", " ")];
    return element("div", { class: "attachment", lang: "en" }, icon(drawing), element("span", {}, name));
  }

  #drawContact({ first_name: name, phone_number: number }) {
    const call = iconButton("call", `Call ${number}`, () => this.#phone.call(number), {
      class: "round call",
      lang: "en",
    });
    return element(
      "div",
      { class: "card" },
      element("span", { class: "avatar", "aria-hidden": "true" }, [...(name || "#")][0]),
      element(
        "span",
        { class: "card-words" },
        element("strong", { dir: "auto", lang: languageOf(name ?? "") }, name ?? ""),
        element("span", { class: "number" }, number ?? ""),
      ),
      call,
    );
  }

  #drawKeyboard(rows, language) {
    assign(this.element, "data-keyboard", rows.length > 0);
    const held = this.#keyboard?.contains(document.activeElement) ? document.activeElement : null;
    const heldText = held?.textContent;
    if (rows.length === 0) {
      this.#keyboard?.remove();
      this.#keyboard = null;
      if (held) this.options.focus({ preventScroll: true });
      return;
    }
    if (this.#keyboard === null) this.element.append((this.#keyboard = element("div", { class: "keyboard" })));
    fit(this.#keyboard, rows.length, () => element("div", { class: "keys" }));
    rows.forEach((row, place) => {
      const line = this.#keyboard.children[place];
      fit(line, row.length, () => this.#makeKey());
      row.forEach((key, column) => drawKey(line.children[column], key, language));
    });
    if (held) this.#holdFocus(held, heldText);
  }

  /** The focus stays on the button with the same words, else on the same place, else on the last button. */
  #holdFocus(held, text) {
    const keys = [...this.#keyboard.querySelectorAll(".key")];
    const target = keys.find((key) => key.textContent === text) ?? (held.isConnected ? held : keys.at(-1));
    if (target !== document.activeElement) target.focus({ preventScroll: true });
  }

  #makeKey() {
    const key = element("button", { type: "button", class: "key" }, element("span", { class: "key-text" }));
    key.addEventListener("click", () => {
      if (key.content.kind === "callback") this.#showProgress(key);
      this.#phone.press(this, key.content, key);
    });
    return key;
  }

  #showProgress(key) {
    clearTimeout(this.#timers.get(key));
    key.setAttribute("aria-busy", "true");
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        key.removeAttribute("aria-busy");
      }, LONGEST_PROGRESS),
    );
  }
}

/** Adds or removes children at the end until there are `count`. */
function fit(parent, count, make) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(make());
}

function drawKey(node, key, language) {
  node.content = key;
  write(node.firstChild, key.text);
  node.title = key.text;
  assign(node, "lang", languageOf(key.text, language));
  assign(node, "data-kind", key.kind);
  assign(node, "data-style", key.style);
  assign(node, "aria-description", KEY_NOTES[key.kind]);
  const wanted = KEY_ICONS[key.kind];
  if (node.dataset.icon === (wanted ?? "")) return;
  node.dataset.icon = wanted ?? "";
  node.querySelector(".icon")?.remove();
  if (wanted) node.append(icon(wanted));
}
