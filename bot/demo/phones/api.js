// The line to the pretend Telegram on this computer: questions, actions and news of changes.

const BOT = new URLSearchParams(location.search).get("bot");
const PATIENCE = 15000; // milliseconds until a question counts as unanswered
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

/** The pretend Telegram understood and said no; the message is its own sentence. */
export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/** Nobody answered, or the answer could not be read. */
export class Unreachable extends Error {}

/** Resolves after so many milliseconds. */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const address = (path) => `/emulator/${path}${BOT ? `?bot=${encodeURIComponent(BOT)}` : ""}`;

async function ask(method, path, body) {
  let response;
  let answer;
  try {
    response = await fetch(address(path), {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    answer = await response.json();
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (response.ok) return answer;
  if (response.status >= 500) throw new Unreachable(`status ${response.status}`);
  throw new Refused(response.status, answer?.error ?? "That was refused.");
}

/** One connection for the whole page; it tells `onTrouble(true|false)` when the line is lost and found again. */
export class Connection {
  #onTrouble;
  #troubles = new Set();

  constructor(onTrouble) {
    this.#onTrouble = onTrouble;
  }

  /** Reads; when nobody answers it tries again, ever more slowly, until somebody does. Throws Refused only. */
  async read(path) {
    for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      try {
        const answer = await ask("GET", path);
        this.#trouble(path, false);
        return answer;
      } catch (error) {
        this.#trouble(path, error instanceof Unreachable);
        if (error instanceof Refused) throw error;
        await pause(wait);
      }
    }
  }

  /** Does something, once: an action is never repeated on its own. Throws Refused or Unreachable. */
  act(path, body = {}, method = "POST") {
    return ask(method, path, body);
  }

  /** Calls `onChange(person id)` whenever a chat changes and `onOpen()` each time the line is (re)opened. */
  watch(onChange, onOpen) {
    const stream = new EventSource(address("events"));
    stream.addEventListener("open", () => {
      this.#trouble("events", false);
      onOpen();
    });
    stream.addEventListener("message", (event) => onChange(personIn(event.data)));
    stream.addEventListener("error", () => {
      this.#trouble("events", true);
      if (stream.readyState === EventSource.CLOSED) {
        // The browser reconnects by itself except after an answer it cannot use.
        setTimeout(() => this.watch(onChange, onOpen), 2000);
      }
    });
  }

  #trouble(where, here) {
    if (here) this.#troubles.add(where);
    else this.#troubles.delete(where);
    this.#onTrouble(this.#troubles.size > 0);
  }
}

function personIn(data) {
  try {
    return JSON.parse(data).person ?? null;
  } catch {
    return null; // not a change we understand: treated like news about nobody in particular
  }
}
