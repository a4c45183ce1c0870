// Times as a phone shows them: hours and minutes, and a name for the day.

const HOURS = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** "14:03" for a time in Unix seconds. */
export function hours(seconds) {
  return HOURS.format(seconds * 1000);
}

/** "Today", "Yesterday" or "23 November". */
export function dayName(seconds, now) {
  const day = DAY.format(seconds * 1000);
  if (day === DAY.format(now * 1000)) return "Today";
  return day === DAY.format((now - 86400) * 1000) ? "Yesterday" : day;
}

/** What the chat list shows at the right: the time of today's message, the day of an older one. */
export function shortTime(seconds, now) {
  return dayName(seconds, now) === "Today" ? hours(seconds) : SHORT_DAY.format(seconds * 1000);
}

/** The same moment for machines. */
export function machineTime(seconds) {
  return new Date(seconds * 1000).toISOString();
}
