// Everything that can be done on one phone: writing, tapping, copying, blocking, deleting.

import { Refused } from "./api.js";
import { copy } from "./clipboard.js";

const FAILED = "That did not go through. Please try again.";

export class Acts {
  menu;
  #path;
  #connection;
  #notices;
  #phone;

  /** `phone` gives its `chat` (as last read), refresh() and beginEdit(message). */
  constructor(id, connection, { notices, menu, phone }) {
    this.#path = `people/${id}`;
    this.#connection = connection;
    this.#notices = notices;
    this.#phone = phone;
    this.menu = menu;
  }

  // Each of these resolves to whether it was done; a refusal is said on the phone.

  send(text) {
    return this.#act("/send", { text });
  }

  attach(kind, caption) {
    return this.#act("/send", caption ? { kind, text: caption } : { kind });
  }

  edit(id, text) {
    return this.#act("/edit", { message_id: id, text });
  }

  start(payload) {
    return this.#act("/start", payload ? { payload } : {});
  }

  unblock() {
    return this.#act("/unblock");
  }

  setLanguage(language) {
    return this.#act("", { language }, "PATCH");
  }

  call(number) {
    this.#notices.toast(`A real phone calls ${number} here. This page dials nothing.`);
  }

  /** A button under a message was pressed. */
  async press(bubble, key) {
    if (key.kind === "copy") return this.#copy(key.copy ?? "");
    if (key.kind === "url") return this.#openAddress(key.url ?? "");
    const pressed = await this.#act("/tap", { message_id: bubble.message.message_id, data: key.data });
    if (!pressed) bubble.settle();
    return undefined;
  }

  /** The menu of one message. */
  options(bubble, opener) {
    const { message } = bubble;
    const items = [];
    if (message.text && !message.protected) {
      items.push({ name: "Copy text", icon: "copy", run: () => this.#copy(message.text) });
    }
    if (message.from === "person" && message.kind === "text") {
      items.push({ name: "Edit", icon: "edit", run: () => this.#phone.beginEdit(message) });
    }
    const forget = () => this.#act("/delete", { message_id: message.message_id });
    items.push({ name: "Delete", icon: "bin", style: "danger", run: forget });
    this.menu.open(opener, "Options", items);
  }

  /** The menu of the whole chat. */
  chatMenu(opener) {
    const items = [
      { name: "Bot profile", icon: "person", run: () => this.profile() },
      this.#phone.chat?.blocked
        ? { name: "Unblock the bot", icon: "block", run: () => this.unblock() }
        : { name: "Block the bot", icon: "block", run: () => this.#act("/block") },
      { name: "Delete chat", icon: "bin", style: "danger", run: () => this.#askClear() },
    ];
    this.menu.open(opener, "Chat menu", items);
  }

  /** What the bot says about itself to anybody who looks it up. */
  profile() {
    if (this.#phone.chat === null) return;
    const { name, username, short_description: about } = this.#phone.chat.bot;
    this.#notices.window(name, [about, username && `@${username}`].filter(Boolean).join("\n\n"));
  }

  async #copy(text) {
    this.#notices.toast((await copy(text)) ? "Copied" : "This browser does not allow copying.");
  }

  #askClear() {
    const text = "All messages go from this phone at once. The bot is not told.";
    const actions = [{ name: "Delete", style: "danger", run: () => this.#act("/clear") }, { name: "Cancel" }];
    this.#notices.window("Delete this chat?", text, actions);
  }

  /** The bot's own start link works; any other address is only shown, since nothing leaves this computer. */
  #openAddress(address) {
    const payload = startPayload(address, this.#phone.chat?.bot.username);
    if (payload !== null) return this.start(payload);
    const actions = [{ name: "Copy address", run: () => this.#copy(address) }, { name: "Close" }];
    return this.#notices.window("A real phone opens", address, actions);
  }

  async #act(path, body = {}, method = "POST") {
    try {
      await this.#connection.act(this.#path + path, body, method);
      return true;
    } catch (error) {
      this.#notices.toast(error instanceof Refused ? error.message : FAILED);
      return false;
    } finally {
      this.#phone.refresh();
    }
  }
}

/** What follows `?start=` in a link to this very bot ("" when nothing does); null for every other address. */
function startPayload(address, username) {
  if (!URL.canParse(address) || !username) return null;
  const { hostname, pathname, searchParams, protocol } = new URL(address);
  const toBot = hostname === "t.me" && pathname.slice(1).toLowerCase() === username.toLowerCase();
  return protocol === "https:" && toBot ? (searchParams.get("start") ?? "") : null;
}
