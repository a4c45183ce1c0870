// Which of the three languages a text is in, so that screen readers pronounce it well.

/** The languages a phone can be set to, as Telegram's menu names them; null: the phone tells the bot nothing. */
export const PHONE_LANGUAGES = [
  ["kk", "Қазақша"],
  ["ru", "Русский"],
  ["en", "English"],
  [null, "Not told"],
];

const KAZAKH = /[әғқңөұүһі]/iu;

/**
 * "kk", "ru", "en", or null when it cannot be told.
 * `likely` is the language of the phone. Short words without a Kazakh letter ("Бар") look the same in Kazakh and
 * Russian: on a Kazakh phone they are left to the phone's language.
 */
export function languageOf(text, likely = null) {
  const named = PHONE_LANGUAGES.find(([, name]) => name === text.trim());
  if (named) return named[0] ?? "en";
  const cyrillic = (text.match(/\p{Script=Cyrillic}/gu) ?? []).length;
  const latin = (text.match(/\p{Script=Latin}/gu) ?? []).length;
  if (Math.min(cyrillic, latin) * 3 > Math.max(cyrillic, latin)) return null;
  if (latin > cyrillic) return "en";
  if (cyrillic === 0) return null;
  if (KAZAKH.test(text)) return "kk";
  return likely === "kk" && cyrillic < 20 ? null : "ru";
}
