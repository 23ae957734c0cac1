// @ts-check
import { parseArgs } from "node:util";

export const USAGE = `Usage: npm run bench -- [options]
  --only ID,…   only these rows or groups (--list names them)
  --quick       fewer repetitions, of less
  --size-mib N  bytes of the large transfers, in MiB
  --json        one JSON object on stdout
  --list        the ids of all rows`;

/**
 * @typedef {object} BenchOptions
 * @property {string[] | null} only null: every row
 * @property {boolean} quick
 * @property {number | null} sizeMib of the large transfers; null: as the row says
 * @property {boolean} json
 * @property {boolean} list
 */

/**
 * @param {string[]} words the command line
 * @returns {BenchOptions | null} null when help was asked for
 * @throws {Error} with the usage when a word is not understood
 */
export function parseBenchArguments(words) {
  try {
    const { values } = parseArgs({
      args: words,
      options: {
        only: { type: "string", multiple: true },
        quick: { type: "boolean", default: false },
        "size-mib": { type: "string" },
        json: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return null;
    const only = values.only?.flatMap((ids) => ids.split(",")).filter(Boolean) ?? null;
    const sizeMib = values["size-mib"] === undefined ? null : Number(values["size-mib"]);
    if (sizeMib !== null && !(Number.isInteger(sizeMib) && sizeMib > 0))
      throw new Error("--size-mib is a whole number");
    return { only, quick: values.quick, sizeMib, json: values.json, list: values.list };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
