import { join } from "node:path";
import { mergeLocales } from "../../build/locales.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";

const english = (await mergeLocales(join(ROOT, "_locales"))).en ?? {};

/** The English text that the extension shows for a key, so that a reworded text breaks no test. */
export function textOf(key: string, ...substitutions: (string | number)[]): string {
  const message = english[key]?.message;
  if (message === undefined) throw new Error(`There is no text "${key}"`);
  return message.replace(/\$([1-9])/g, (_, digit) => String(substitutions[Number(digit) - 1] ?? ""));
}
