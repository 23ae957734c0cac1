import { DEFAULT_PORT } from "./config.ts";

export interface LocalArguments {
  json: boolean;
  port: number;
  data: string;
  fresh: boolean;
}

export const USAGE = "Usage: npm run local -- [--json] [--port N] [--data DIR] [--fresh]";

/** What was typed does not fit; the message says how. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

/**
 * Reads `--name value` and `--name=value`.
 *
 * @throws {ArgumentError}
 */
export function parseLocalArguments(words: readonly string[]): LocalArguments {
  const found: LocalArguments = { json: false, port: DEFAULT_PORT, data: ".holdall/local", fresh: false };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = word, inline] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    const value = () => {
      const given = inline ?? rest.shift();
      if (given === undefined || given === "") throw new ArgumentError(`${name} needs a value.`);
      return given;
    };
    if (name === "--json") found.json = true;
    else if (name === "--fresh") found.fresh = true;
    else if (name === "--data") found.data = value();
    else if (name === "--port") found.port = readPort(value());
    else throw new ArgumentError(`There is no option ${name}.`);
  }
  return found;
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  // Seven servers, on consecutive ports.
  if (port === 0 || (port >= 1 && port <= 65_528)) return port;
  throw new ArgumentError(`--port must be a number from 0 (any) to 65528, not ${text}.`);
}
