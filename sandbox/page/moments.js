// Days and times, told in the page's language and in this browser's time zone.

import { locale } from "./words.js";

const shape = (options) => new Intl.DateTimeFormat(locale, options);
const TIME = shape({ hour: "2-digit", minute: "2-digit" });
const DAY = shape({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const NOW = shape({
  weekday: "short", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit",
});
const moment = (seconds) => new Date(seconds * 1000);

/** Each takes seconds since 1970 (UTC). */
export const timeOf = (seconds) => TIME.format(moment(seconds));
export const dayOf = (seconds) => DAY.format(moment(seconds));
export const nowOf = (seconds) => NOW.format(moment(seconds));
