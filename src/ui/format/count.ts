import { language } from "../../platform/i18n.ts";

/** `1,200`, as the person's language writes it. */
export function count(number: number): string {
  return number.toLocaleString(language());
}

/** `5K` from a thousand on, where there is no room for more. */
export function shortCount(number: number): string {
  return new Intl.NumberFormat(language(), { notation: "compact", maximumSignificantDigits: 2 }).format(number);
}
