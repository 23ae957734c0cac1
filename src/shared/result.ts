/** What a command answers on the wire: errors cross as data and come back as errors. */
import type { ErrorCode } from "./error-codes.ts";
import type { ErrorFacts } from "./holdall-error.ts";
import { HoldallError } from "./holdall-error.ts";

export interface WireError {
  code: ErrorCode;
  facts: ErrorFacts;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** Anything thrown, as data. An unknown error becomes `internal` and keeps its message, without stack and without cause. */
export function toWireError(error: unknown): WireError {
  if (error instanceof HoldallError) return { code: error.code, facts: error.facts };
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "internal", facts: { subs: [detail], detail } };
}

/** The error that `wire` describes. What is not of the right form becomes `internal`. */
export function fromWireError(wire: unknown): HoldallError {
  if (typeof wire === "object" && wire !== null && "code" in wire && isErrorCode(wire.code)) {
    const facts = "facts" in wire && typeof wire.facts === "object" && wire.facts !== null ? wire.facts : {};
    return new HoldallError(wire.code, facts as ErrorFacts);
  }
  return new HoldallError("internal", { subs: ["unreadable error"] });
}

/** By form: the table of codes with its meanings would add 2 KB gzip to every page, and only the background writes codes. */
function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && /^[a-z]+(?:-[a-z]+)*$/.test(code);
}
