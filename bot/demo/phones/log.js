// The messages of one chat, drawn by difference and kept scrolled to the newest one.

import { Bubble } from "./bubble.js";
import { dayName } from "./clock.js";
import { element, iconButton } from "./element.js";

const NEAR = 60; // pixels from the end that still count as "reading the newest"

export class Log {
  element = element("div", { class: "log-frame" });
  #log = element("div", {
    class: "log",
    role: "log",
    "aria-live": "polite",
    "aria-relevant": "additions text",
    tabindex: "0",
  });
  #list = element("div", { class: "messages" });
  #jump;
  #bubbles = new Map();
  #atEnd = true;
  #drawn = false;
  #phone;

  constructor(phone, name) {
    this.#phone = phone;
    this.#log.setAttribute("aria-label", `Conversation, ${name}`);
    this.#jump = iconButton("down", "Scroll to the end", () => this.toEnd(), { class: "round jump", lang: "en" });
    this.#jump.hidden = true;
    this.#log.append(this.#list);
    this.element.append(this.#log, this.#jump);
    this.#log.addEventListener("scroll", () => this.#noteScroll(), { passive: true });
    this.#list.addEventListener("keydown", (event) => this.#walk(event));
    const watcher = new ResizeObserver(() => this.#atEnd && this.toEnd());
    watcher.observe(this.#log);
    watcher.observe(this.#list);
  }

  get length() {
    return this.#bubbles.size;
  }

  /** Makes the list equal to `messages` (as the chat gives them, oldest first). */
  update(messages, now, language) {
    const hadFocus = this.#list.contains(document.activeElement);
    let changed = this.#forget(new Set(messages.map((message) => message.message_id)));
    let cursor = this.#list.firstElementChild;
    let day = null;
    let fresh = false;
    for (const message of messages) {
      const today = dayName(message.date, now);
      const [bubble, isNew] = this.#bubbleFor(message);
      changed = bubble.update(message, today === day ? null : today, language) || changed;
      if (bubble.element === cursor) cursor = cursor.nextElementSibling;
      else this.#list.insertBefore(bubble.element, cursor);
      fresh ||= isNew && message.from === "person";
      day = today;
    }
    this.#drawn = true;
    if (changed) this.settle();
    if (changed) this.#moveStop();
    if (fresh || this.#atEnd) this.toEnd();
    if (hadFocus && !this.#list.contains(document.activeElement)) this.focus();
  }

  /** Ends the progress of all pressed buttons. */
  settle() {
    for (const bubble of this.#bubbles.values()) bubble.settle();
  }

  toEnd() {
    this.#atEnd = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#jump.hidden = true;
  }

  focus() {
    this.#log.focus({ preventScroll: true });
  }

  #bubbleFor(message) {
    const known = this.#bubbles.get(message.message_id);
    if (known) return [known, false];
    const bubble = new Bubble(this.#phone);
    if (this.#drawn && !message.silent) arrive(bubble.element);
    this.#bubbles.set(message.message_id, bubble);
    return [bubble, true];
  }

  #forget(present) {
    let gone = false;
    for (const [id, bubble] of this.#bubbles) {
      if (present.has(id)) continue;
      bubble.settle();
      bubble.element.remove();
      this.#bubbles.delete(id);
      gone = true;
    }
    return gone;
  }

  #noteScroll() {
    if (this.#log.clientHeight === 0) return; // not shown: nobody scrolled
    const left = this.#log.scrollHeight - this.#log.clientHeight - this.#log.scrollTop;
    this.#atEnd = left < NEAR;
    this.#jump.hidden = this.#atEnd;
  }

  /** The Tab key stops at one message's options only; the arrow keys go from there to the others. */
  #moveStop(target = this.#list.lastElementChild?.querySelector(".options")) {
    for (const button of this.#list.querySelectorAll(".options")) button.tabIndex = button === target ? 0 : -1;
  }

  #walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || !event.target.classList.contains("options")) return;
    const all = [...this.#list.querySelectorAll(".options")];
    const next = all[all.indexOf(event.target) + step];
    if (next === undefined) return;
    event.preventDefault();
    this.#moveStop(next);
    next.focus();
  }
}

/** A short movement, once; a message shown again later stays still. */
function arrive(node) {
  node.classList.add("arriving");
  node.addEventListener("animationend", () => node.classList.remove("arriving"), { once: true });
}
