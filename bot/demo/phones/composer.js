// The foot of the chat: the message field, or the button that starts or unblocks the bot.

import { Commands } from "./commands.js";
import { assign, element, iconButton, write } from "./element.js";

const TALLEST = 120; // pixels the message field may grow to
const ATTACHMENTS = [
  ["photo", "photo", "Photo"],
  ["video", "video", "Video"],
  ["voice", "voice", "Voice"],
  ["video_note", "round", "Round video"],
  ["document", "file", "File"],
  ["contact", "person", "Contact"],
  ["location", "pin", "Location"],
  ["sticker", "sticker", "Sticker"],
  ["poll", "poll", "Poll"],
];
const WITH_CAPTION = new Set(["photo", "video", "voice", "document"]);

export class Composer {
  element = element("footer", { class: "composer", lang: "en" });
  #phone;
  #commands;
  #field = element("textarea", {
    rows: "1",
    "aria-label": "Message",
    placeholder: "Message",
    maxlength: "4096",
    enterkeyhint: "send",
  });
  #send;
  #row = element("div", { class: "composer-row" });
  #start = element("button", { type: "button", class: "wide" }, "Start");
  #unblock = element("button", { type: "button", class: "wide quiet" }, "Unblock");
  #editing = null;
  #editBar;
  #editText = element("span", { class: "edit-text" });

  /** `phone` carries out: send(text), edit(id, text), attach(kind, caption), start(), unblock(), and owns `menu`. */
  constructor(phone, language) {
    this.#phone = phone;
    this.#commands = new Commands(this.#field, (command) => this.#sendCommand(command));
    const attach = iconButton("attach", "Attach", () => this.#attach(attach), { "aria-haspopup": "menu" });
    this.#send = iconButton("send", "Send", () => this.#submit(), { class: "round send" });
    this.#editBar = element(
      "div",
      { class: "edit-bar", hidden: true },
      element("span", {}, "Edit message", element("br"), this.#editText),
      iconButton("close", "Cancel editing", () => this.edit(null)),
    );
    assign(this.#field, "lang", language);
    this.#row.append(this.#commands.button, element("div", { class: "field" }, this.#field, attach), this.#send);
    this.element.append(this.#commands.panel, this.#editBar, this.#row, this.#start, this.#unblock);
    this.#field.addEventListener("input", () => this.#fit());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#start.addEventListener("click", () => phone.start());
    this.#unblock.addEventListener("click", () => phone.unblock());
  }

  /** Shows the foot that fits: "blocked", "empty" (nothing was said yet) or "open". */
  update(mode, commands, language) {
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    assign(this.#field, "lang", language);
    this.#commands.update(commands);
    if (mode !== "open") {
      this.#commands.close();
      this.edit(null);
    }
    this.#row.hidden = mode !== "open";
    this.#start.hidden = mode !== "empty";
    this.#unblock.hidden = mode !== "blocked";
    if (focused?.closest("[hidden]")) this.focus();
  }

  /** Puts the focus on what she would use next; a touch screen's keyboard is not opened unasked. */
  focus() {
    const touch = matchMedia("(pointer: coarse)").matches;
    const next = [this.#start, this.#unblock].find((button) => !button.hidden) ?? (touch ? this.#send : this.#field);
    next.focus({ preventScroll: true });
  }

  /** Begins to edit her own message, or ends it with null. */
  edit(message) {
    if (message === null && this.#editing === null) return;
    this.#editing = message;
    this.#editBar.hidden = message === null;
    write(this.#editText, message?.text ?? "");
    this.#put(message?.text ?? "");
    if (message !== null) this.#field.focus();
  }

  #put(text) {
    this.#field.value = text;
    this.#fit();
  }

  #fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, TALLEST)}px`;
    this.#send.classList.toggle("ready", this.#field.value.trim() !== "");
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#editing !== null) {
      this.edit(null);
    }
  }

  async #submit() {
    const text = this.#field.value.trim();
    if (text === "") return this.#field.focus();
    const editing = this.#editing;
    this.edit(null);
    this.#put(""); // at once: pressing twice sends once
    this.#commands.close();
    const sent = await (editing === null ? this.#phone.send(text) : this.#phone.edit(editing.message_id, text));
    if (!sent && this.#field.value === "") this.#put(text);
    return undefined;
  }

  #sendCommand(command) {
    this.#put("");
    this.#phone.send(command);
    this.focus();
  }

  #attach(opener) {
    const run = (kind) => () => this.#sendKind(kind);
    const items = ATTACHMENTS.map(([kind, drawing, name]) => ({ name, icon: drawing, run: run(kind) }));
    const note = "Pretend ones: nothing real is sent.";
    this.#phone.menu.open(opener, "Attach", items, { look: "grid", note });
  }

  async #sendKind(kind) {
    const caption = WITH_CAPTION.has(kind) ? this.#field.value.trim() : "";
    const sent = await this.#phone.attach(kind, caption);
    if (sent && caption !== "") this.#put("");
  }
}
