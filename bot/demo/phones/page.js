// The page around the phones: who has one, which one is in front on a narrow screen, light and dark.

import { Connection, pause, Refused } from "./api.js";
import { assign, element, write } from "./element.js";
import { languageOf, PHONE_LANGUAGES } from "./language.js";
import { Phone } from "./phone.js";
import { offerThemes } from "./theme.js";

const GRACE = 600; // milliseconds before a lost line is worth a word
const SOON = 1500; // milliseconds until a refused list of people is asked for again
const TICK = 4000; // milliseconds between two looks at the clock and the list of people
const LOST = "The pretend Telegram does not answer. Trying again…";

const place = document.getElementById("phones");
const switcher = document.getElementById("switcher");
const banner = document.getElementById("banner");
const adder = document.getElementById("add");
const phones = new Map();
const tabs = new Map();
const adderTab = makeTab("add", "Add a phone");
let front = null;
let bannerTimer = 0;
let asking = null;

const connection = new Connection((trouble) => {
  clearTimeout(bannerTimer);
  if (trouble) bannerTimer = setTimeout(() => write(banner, LOST), GRACE);
  else write(banner, "");
});

/** Makes the phones on the page equal to the list of people. Only one such reading runs at a time. */
function refreshPeople() {
  asking ??= drawPeople().finally(() => {
    asking = null;
  });
  return asking;
}

async function drawPeople() {
  const people = await connection.read("people");
  const present = new Set(people.map((person) => person.id));
  for (const id of [...phones.keys()]) if (!present.has(id)) remove(id);
  for (const person of people) if (!phones.has(person.id)) add(person).refresh();
  if (!tabs.has(front)) bringToFront(people[0]?.id ?? "add");
}

async function refreshAll() {
  await refreshPeople();
  await Promise.all([...phones.values()].map((phone) => phone.refresh()));
  write(banner, "");
}

/** The same, until it is not refused (there may be no bot yet when the page opens). */
async function refreshPatiently() {
  for (;;) {
    try {
      return await refreshAll();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      write(banner, error.message);
      await pause(SOON);
    }
  }
}

function add(person) {
  const phone = new Phone(person, connection, { onNews: drawTabs, onGone: () => setTimeout(refreshPatiently, SOON) });
  phones.set(person.id, phone);
  place.insertBefore(phone.element, adder);
  switcher.insertBefore(makeTab(person.id, person.name), adderTab);
  return phone;
}

function remove(id) {
  phones.get(id).element.remove();
  phones.delete(id);
  tabs.get(id).remove();
  tabs.delete(id);
}

// --- the row of names on a narrow screen ---

function makeTab(id, name) {
  const tab = element("button", { type: "button", class: "tab", dir: "auto" }, name);
  tab.addEventListener("click", () => bringToFront(id));
  tabs.set(id, tab);
  if (id === "add") switcher.append(tab);
  return tab;
}

function bringToFront(id) {
  front = id;
  for (const [other, phone] of phones) phone.element.classList.toggle("front", other === id);
  adder.classList.toggle("front", id === "add");
  phones.get(id)?.look();
  tabs.get(id).scrollIntoView({ block: "nearest", inline: "nearest" });
  drawTabs();
}

function drawTabs() {
  for (const [id, tab] of tabs) {
    const phone = phones.get(id);
    const news = phone !== undefined && id !== front && phone.unread > 0;
    if (phone !== undefined) write(tab, phone.name);
    assign(tab, "aria-current", id === front ? "true" : null);
    assign(tab, "data-news", news);
    assign(tab, "aria-description", news ? "New messages" : null);
  }
}

// --- one more phone ---

function offerPhones() {
  const [name, language, button] = ["name", "language", "button"].map((part) => document.getElementById(`add-${part}`));
  for (const [code, words] of PHONE_LANGUAGES) {
    language.append(element("option", { value: code ?? "", lang: code ?? languageOf(words) }, words));
  }
  const make = async () => {
    const wanted = { name: name.value.trim() || `Phone ${phones.size + 1}`, language: language.value || null };
    try {
      const person = await connection.act("people", wanted);
      name.value = "";
      if (!phones.has(person.id)) add(person);
      bringToFront(person.id);
      await phones.get(person.id).refresh();
      phones.get(person.id).enter();
    } catch (error) {
      write(banner, error instanceof Refused ? error.message : LOST);
    }
  };
  button.addEventListener("click", make);
  name.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && make());
}

async function begin() {
  offerThemes(document.getElementById("theme"));
  offerPhones();
  await refreshPatiently();
  document.documentElement.dataset.ready = "1";
  connection.watch((id) => (phones.has(id) ? phones.get(id).refresh() : refreshPatiently()), refreshPatiently);
  setInterval(look, TICK);
}

/** Now and then: the clocks move on, and somebody may have been given a phone elsewhere, of which there is no news. */
function look() {
  phones.forEach((phone) => phone.tick());
  if (!document.hidden) refreshPeople().catch((error) => write(banner, error.message));
}

begin();
