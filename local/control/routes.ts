import { ControlError, type JsonObject, readText } from "./fault-request.ts";

/** A route: what was sent, and the query, to the JSON of the answer. */
export type Route = (input: JsonObject, query: URLSearchParams) => unknown | Promise<unknown>;

/** @throws {ControlError} when it is there and none of `allowed` */
export function readOneOf<T extends string>(input: JsonObject, name: string, allowed: readonly T[]): T | null {
  const text = readText(input, name);
  if (text === null) return null;
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw new ControlError(`${name} is one of ${allowed.join(", ")}`);
  return found;
}
