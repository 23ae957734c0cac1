/** What a failure means for a capture, and what the person may do about it. */
import type { CaptureOffer } from "../messaging/captures-view.ts";
import type { ErrorCode } from "../shared/error-codes.ts";
import type { HoldallError } from "../shared/holdall-error.ts";
import { type CaptureRecord, isRepeatable } from "./record.ts";

/** What gets better without anybody. `signed-out`: the next sign-in of its owner goes on with it. */
const passing: readonly ErrorCode[] = [
  ...(["offline", "timeout", "unreachable", "capture-unfetchable", "capture-gone"] as const),
  ...(["throttled", "service-unavailable", "sts-unreachable", "issuer-unreachable", "not-aws"] as const),
  ...(["signed-out", "credentials-expired", "session-ended", "clock-wrong", "transfer-host-lost"] as const),
];

/** For how long what may get better is tried, and the pauses between (milliseconds). */
const firstPause = 60_000;
const longestPause = 60 * 60_000;
const oneDay = 24 * 60 * 60 * 1000;

export function isPassing({ code }: Pick<HoldallError, "code">): boolean {
  return passing.includes(code);
}

/** Is a failed one tried again by itself, by alarm or when the network is back? */
export function triesAgain(record: CaptureRecord, now: number): boolean {
  if (record.state !== "failed" || record.error === null) return false;
  // What is stored must not stay without its index item, whatever it was that the table answered.
  return record.before === "indexing" || (passing.includes(record.error.code) && now - record.at < oneDay);
}

/** Doubles with each try. Milliseconds. */
export function pauseBefore(attempts: number): number {
  return Math.min(longestPause, firstPause * 2 ** Math.max(0, attempts - 1));
}

/** The same bytes would be refused again. */
const final: readonly ErrorCode[] = ["capture-too-large", "capture-not-image", "capture-not-media"];

export function offersFor(record: CaptureRecord, error: HoldallError): CaptureOffer[] {
  const { request, state } = record;
  if (state !== "asked") return ["retry"];
  const link = /^https?:/i.test(request.url) && request.kind !== "bookmark" ? (["save-link"] as const) : [];
  if (error.code === "permission-needed") return ["allow-host", ...link];
  if (error.code === "capture-blocked") return ["allow-address", ...link];
  // A page that was closed cannot be taken again; it can while it is there, as its tab is known.
  const again = (isRepeatable(request) || request.tab !== null) && !final.includes(error.code);
  return [...(again ? (["retry"] as const) : []), ...link];
}
