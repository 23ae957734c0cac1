import { FAULT_KINDS, type Fault } from "./faults.ts";

/** A request to the control server that does not fit; the message says how. */
export class ControlError extends Error {
  override name = "ControlError";
}

export type JsonObject = Record<string, unknown>;

/**
 * Reads `POST /faults`: `{operation, kind, ms?, status?, code?, count?, afterBytes?, path?}`. `count` is 1 unless given;
 * null means every request until `DELETE /faults`.
 *
 * @throws {ControlError}
 */
export function readFault(input: JsonObject): Fault {
  const kind = FAULT_KINDS.find((known) => known === input.kind);
  if (kind === undefined) throw new ControlError(`kind is one of ${FAULT_KINDS.join(", ")}`);
  const operation = readText(input, "operation");
  if (operation === null) throw new ControlError("operation is missing, for example PutObject, or * for all");
  return {
    operation,
    kind,
    ms: readNumber(input, "ms") ?? 0,
    status: readNumber(input, "status"),
    code: readText(input, "code"),
    count: input.count === null ? null : (readNumber(input, "count") ?? 1),
    afterBytes: readNumber(input, "afterBytes"),
    path: readText(input, "path"),
  };
}

/** @throws {ControlError} when it is there and no number */
export function readNumber(input: JsonObject, name: string): number | null {
  const value = input[name] ?? null;
  if (value === null || (typeof value === "number" && Number.isFinite(value))) return value;
  throw new ControlError(`${name} must be a number`);
}

/** @throws {ControlError} when it is there and no text */
export function readText(input: JsonObject, name: string): string | null {
  const value = input[name] ?? null;
  if (value === null || typeof value === "string") return value;
  throw new ControlError(`${name} must be a text`);
}
