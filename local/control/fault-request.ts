import { randomInt } from "node:crypto";
import { FAULT_KINDS, type Fault } from "./faults.ts";

/** A request to the control server that does not fit; the message says how. */
export class ControlError extends Error {
  override name = "ControlError";
}

export type JsonObject = Record<string, unknown>;

/**
 * Reads `POST /faults`: `{operation, kind, ms?, bytesPerSecond?, status?, code?, count?, afterBytes?, path?, probability?,
 * seed?}`, see {@link Fault}. `count` is 1 unless given, with a `probability` every request until `DELETE /faults`, as null
 * means. Without a seed one is drawn; `GET /faults` tells it.
 *
 * @throws {ControlError}
 */
export function readFault(input: JsonObject): Fault {
  const kind = FAULT_KINDS.find((known) => known === input.kind);
  if (kind === undefined) throw new ControlError(`kind is one of ${FAULT_KINDS.join(", ")}`);
  const operation = readText(input, "operation");
  if (operation === null) throw new ControlError("operation is missing, for example PutObject, or * for all");
  const probability = readNumber(input, "probability");
  if (probability !== null && (probability < 0 || probability > 1)) throw new ControlError("probability is 0 to 1");
  const bytesPerSecond = readNumber(input, "bytesPerSecond") ?? 0;
  if (kind === "slow" && bytesPerSecond <= 0) throw new ControlError("slow needs bytesPerSecond");
  return {
    operation,
    kind,
    ms: readNumber(input, "ms") ?? 0,
    bytesPerSecond,
    status: readNumber(input, "status"),
    code: readText(input, "code"),
    count: input.count === null ? null : (readNumber(input, "count") ?? (probability === null ? 1 : null)),
    afterBytes: readBytes(input.afterBytes),
    path: readText(input, "path"),
    probability: probability ?? 1,
    seed: readNumber(input, "seed") ?? randomInt(2 ** 31),
  };
}

function readBytes(value: unknown): Fault["afterBytes"] {
  if (!Array.isArray(value)) return readNumber({ afterBytes: value }, "afterBytes");
  const [from, to]: unknown[] = value;
  if (typeof from === "number" && typeof to === "number" && from <= to) return [from, to];
  throw new ControlError("afterBytes is a number, or two of them: from, to");
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
