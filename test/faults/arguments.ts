import { parseArgs } from "node:util";
import type { BrowserName } from "../support/extension-browser.ts";
import { BROWSER_NAMES } from "../support/launch-extension.ts";

export interface FaultArguments {
  runs: number;
  /** Of the first run; the next ones count on from it. */
  seed: number;
  /** Null: even seeds run in Chromium, odd ones in Firefox. */
  browser: BrowserName | null;
  json: boolean;
  /** Prints what is worth a note of good runs too. */
  verbose: boolean;
}

/** @throws TypeError that says what is wrong with the words */
export function readArguments(words: string[]): FaultArguments {
  const { values } = parseArgs({
    args: words,
    options: {
      runs: { type: "string", default: "20" },
      seed: { type: "string" },
      browser: { type: "string" },
      json: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
    },
  });
  const browser = BROWSER_NAMES.find((name) => name === values.browser) ?? null;
  if (values.browser !== undefined && browser === null)
    throw new TypeError(`--browser is ${BROWSER_NAMES.join(" or ")}`);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : whole("--seed", values.seed);
  return { runs: whole("--runs", values.runs), seed, browser, json: values.json, verbose: values.verbose };
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new TypeError(`${name} is a whole number`);
  return number;
}
