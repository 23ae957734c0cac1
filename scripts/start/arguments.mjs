// @ts-check
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../ensure-dependencies.mjs";

export const USAGE = `Usage: npm start -- [options]
  --browser NAME   chromium (default), chrome, firefox or none
  --headless       no window; prints "ready" and runs until it is told to stop
  --port N         first of eight ports of the local AWS (default: 9700)
  --data DIR       where objects, items and browser profiles are kept (default: .holdall)
  --fresh          forget all of that first`;

const BROWSERS = ["chromium", "chrome", "firefox", "none"];

/**
 * @typedef {object} StartOptions
 * @property {"chromium" | "chrome" | "firefox" | "none"} browser
 * @property {boolean} headless
 * @property {number | null} port
 * @property {string} data absolute path
 * @property {boolean} fresh
 */

/**
 * @param {string[]} words the command line
 * @returns {StartOptions | null} null when help was asked for
 * @throws {Error} with the usage when a word is not understood
 */
export function parseStartArguments(words) {
  const values = parse(words);
  if (values.help) return null;
  if (!BROWSERS.includes(values.browser)) {
    throw new Error(`--browser ${values.browser} is not known: choose one of ${BROWSERS.join(", ")}.`);
  }
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port <= 65_528)) {
    throw new Error(`--port ${values.port} is no port: give a number from 0 (any) to 65528.`);
  }
  return {
    browser: /** @type {StartOptions["browser"]} */ (values.browser),
    headless: values.headless,
    port,
    data: resolve(values.data ?? `${ROOT}/.holdall`),
    fresh: values.fresh,
  };
}

/** @param {string[]} words */
function parse(words) {
  try {
    return parseArgs({
      args: words,
      options: {
        browser: { type: "string", default: "chromium" },
        headless: { type: "boolean", default: false },
        port: { type: "string" },
        data: { type: "string" },
        fresh: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
