import { browser } from "./browser.ts";

/** The text under `key` in `_locales`, in the person's language, with `$1`… replaced. A missing key shows itself. */
export function t(key: string, ...substitutions: (string | number)[]): string {
  return browser.i18n.getMessage(key, substitutions.map(String)) || key;
}

/** BCP 47, for `Intl`. */
export function language(): string {
  return browser.i18n.getUILanguage();
}
