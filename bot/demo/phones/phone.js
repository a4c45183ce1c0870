// One pretend phone: its screen, drawn anew whenever its chat changes.

import { Acts } from "./acts.js";
import { Refused } from "./api.js";
import { ChatList } from "./chatlist.js";
import { hours } from "./clock.js";
import { Composer } from "./composer.js";
import { assign, element, icon, write } from "./element.js";
import { Head } from "./head.js";
import { languageOf, PHONE_LANGUAGES } from "./language.js";
import { Log } from "./log.js";
import { Menu } from "./menu.js";
import { Notices } from "./notices.js";

const TYPING_TIME = 5500; // milliseconds after which "typing…" is looked at again

export class Phone {
  element;
  name;
  unread = 0;
  chat = null;
  #id;
  #connection;
  #onNews;
  #onGone;
  #reading = null;
  #again = false;
  #typingTimer = 0;
  #clockLead = 0;
  #seen = null;
  #noticed = null;
  #parts;

  /** `person` is an entry of the list of people; `onNews()` follows each drawing, `onGone()` says she is no more. */
  constructor(person, connection, { onNews, onGone }) {
    this.#id = person.id;
    this.#connection = connection;
    this.#onNews = onNews;
    this.#onGone = onGone;
    this.#build(person);
    this.#drawPerson(person);
  }

  /** Reads the chat again and draws it; calls made meanwhile become one more reading. Resolves when all is drawn. */
  refresh() {
    this.#again = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read() {
    try {
      while (this.#again) {
        this.#again = false;
        this.#draw(await this.#connection.read(`people/${this.#id}/chat`));
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#onGone();
    }
  }

  /** Moves the clock in the status bar on. */
  tick() {
    write(this.#parts.clock, hours(Date.now() / 1000 + this.#clockLead));
  }

  /** What is on the screen counts as read from now on, if anybody can see it. */
  look() {
    if (this.chat !== null) this.#count(this.chat.messages);
  }

  /** Puts the focus on what she would use next. */
  enter() {
    this.#parts.composer.focus();
  }

  beginEdit(message) {
    this.#parts.composer.edit(message);
  }

  #build(person) {
    const screen = element("div", { class: "screen" });
    const notices = new Notices(screen);
    const acts = new Acts(person.id, this.#connection, { notices, menu: new Menu(screen), phone: this });
    const title = element("h2", { id: `phone-${person.id}`, dir: "auto" });
    const language = languageChoice((code) => acts.setLanguage(code));
    const clock = element("span", { class: "clock" });
    const list = new ChatList(() => this.#show("chat"));
    const head = new Head(() => this.#show("list"), acts);
    const hello = element("div", { class: "hello" });
    const log = new Log(acts, person.name);
    const composer = new Composer(acts, person.language);
    const frame = element("div", { class: "chat" }, head.element, log.element, composer.element);
    log.element.append(hello);
    const status = element("div", { class: "status", "aria-hidden": "true" }, clock, icon("signal"));
    screen.prepend(status, frame);
    const hint = element("label", { lang: "en" }, element("span", {}, "Phone language"), language);
    this.element = element(
      "section",
      { class: "phone", "data-person": person.id, "aria-labelledby": title.id },
      element("div", { class: "caption" }, title, hint),
      element("div", { class: "device" }, screen),
    );
    this.#parts = { title, language, clock, list, head, hello, log, composer, frame, notices, menu: acts.menu };
  }

  #drawPerson(person) {
    this.name = person.name;
    assign(this.element, "lang", person.language);
    write(this.#parts.title, person.name);
    showLanguage(this.#parts.language, person.language ?? "");
  }

  #draw(chat) {
    const { head, log, composer, list } = this.#parts;
    const empty = chat.messages.length === 0;
    this.chat = chat;
    this.#clockLead = chat.now - Date.now() / 1000;
    this.#drawPerson(chat.person);
    head.update(chat);
    this.#askAboutTyping(chat.typing);
    this.#drawHello(empty ? (chat.bot.description ?? "") : "");
    log.update(chat.messages, chat.now, chat.person.language);
    composer.update(chat.blocked ? "blocked" : empty ? "empty" : "open", chat.bot.commands ?? [], chat.person.language);
    this.#drawNotice(chat.notice);
    this.#count(chat.messages);
    list.update(chat, this.unread);
    this.tick();
    this.#onNews();
  }

  #askAboutTyping(typing) {
    clearTimeout(this.#typingTimer);
    if (typing) this.#typingTimer = setTimeout(() => this.refresh(), TYPING_TIME);
  }

  #drawHello(description) {
    const { hello } = this.#parts;
    hello.hidden = description === "";
    if (hello.dataset.of === description) return;
    hello.dataset.of = description;
    hello.replaceChildren(
      element("strong", { lang: "en" }, "What can this bot do?"),
      element("p", { dir: "auto", lang: languageOf(description) }, description),
    );
  }

  #drawNotice(notice) {
    const known = this.#noticed;
    this.#noticed = notice?.n ?? 0;
    if (!notice || known === null || notice.n <= known) return;
    this.#parts.log.settle();
    if (notice.alert) this.#parts.notices.window(this.chat.bot.name, notice.text);
    else this.#parts.notices.toast(notice.text);
  }

  #count(messages) {
    const newest = Math.max(0, ...messages.map((message) => message.message_id));
    if (this.#seen === null || this.#parts.frame.checkVisibility()) this.#seen = newest;
    this.unread = messages.filter((message) => message.from === "bot" && message.message_id > this.#seen).length;
  }

  #show(view) {
    const { frame, list, log, head, menu } = this.#parts;
    menu.close(false);
    frame.hidden = view !== "chat";
    if (view === "chat") list.element.remove();
    else frame.before(list.element);
    if (this.chat !== null) this.#draw(this.chat);
    if (view === "chat") log.toEnd();
    (view === "chat" ? head : list).focus();
  }
}

function languageChoice(choose) {
  const options = PHONE_LANGUAGES.map(([code, name]) => element("option", { value: code ?? "", lang: code }, name));
  const select = element("select", {}, ...options);
  select.addEventListener("change", () => choose(select.value || null));
  return select;
}

/** A language that is not among ours (a test may set any) is shown by its code. */
function showLanguage(select, code) {
  if (select.value === code) return;
  const known = [...select.options].some((option) => option.value === code);
  if (!known) select.append(element("option", { value: code }, code));
  select.value = code;
}
