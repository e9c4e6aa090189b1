/** Timestamps as Discord writes them (https://docs.discord.com/developers/reference#message-formatting). Pure. */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

/** @type {[unit: Intl.RelativeTimeFormatUnit, seconds: number][]} */
const UNITS = [
  ['year', 365.25 * 86_400],
  ['month', 30.4375 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/**
 * A moment in words.
 *
 * @param {number} seconds since 1970
 * @param {string} style one of Discord's letters
 * @param {number} now milliseconds since 1970
 * @param {string} [locale]
 * @param {string} [timeZone]
 */
export function moment(seconds, style, now, locale, timeZone) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  if (style === 'R') return relative(seconds - now / 1000, locale);
  return new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone }).format(date);
}

/**
 * @param {number} seconds from now, negative for what is over
 * @param {string} [locale]
 */
function relative(seconds, locale) {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, length] of UNITS) {
    const count = Math.round(seconds / length);
    if (Math.abs(count) >= 1) return format.format(count, unit);
  }
  return format.format(Math.round(seconds), 'second');
}
