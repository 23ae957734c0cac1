import { HoldallError } from "../shared/holdall-error.ts";
import type { SiteErrorCode, SiteFault } from "../shared/site/site-error.ts";

/** What a page is told. Anything else that is thrown is put into these words by `faultOf`. */
export class SiteProblem extends Error {
  override name = "SiteProblem";
  readonly fault: SiteFault;

  constructor(code: SiteErrorCode, message: string, more: Pick<SiteFault, "detail" | "retryAfter"> = {}) {
    super(message);
    this.fault = { code, message, ...more };
  }
}

/** Why a request was ended from outside: what the signal was aborted with, or the page's own wish. */
export function endOf(signal: AbortSignal): SiteProblem {
  const { reason } = signal as { reason: unknown };
  return reason instanceof SiteProblem ? reason : new SiteProblem("cancelled", "The request was cancelled.");
}

const signedOut = new Set(["signed-out", "session-ended", "profile-not-active", "identity-changed"]);
const conflicts = new Set(["item-conflict", "file-changed", "file-exists"]);
const tooLarge = new Set(["item-too-large", "file-too-large"]);

/**
 * An error in the words of a page. Neither the person's names nor AWS's answers are in it: what is wrong with a name or a value is
 * the page's own.
 */
export function faultOf(error: unknown): SiteFault {
  if (error instanceof SiteProblem) return error.fault;
  if (!(error instanceof HoldallError)) return { code: "unavailable", message: "Something went wrong in Holdall." };
  const { code, facts } = error;
  if (signedOut.has(code)) return { code: "signed-out", message: "Nobody is signed in." };
  if (conflicts.has(code)) return { code: "conflict", message: "It is not the version that was expected." };
  if (tooLarge.has(code)) return { code: "too-large", message: "It is larger than it may be." };
  if (code === "file-missing" || code === "item-missing")
    return { code: "not-found", message: "There is no such file." };
  if (code === "access-denied") return { code: "refused", message: "The person's account does not allow it." };
  if (code === "item-key-reserved")
    return { code: "refused", message: "Keys that begin with holdall# are Holdall's own." };
  if (code === "cancelled") return { code: "cancelled", message: "The request was cancelled." };
  if (code.startsWith("name-") || code.startsWith("item-") || code === "message-invalid") {
    // Of an error that a service answered, `detail` is its own sentence.
    const detail = facts.service === undefined ? (facts.detail ?? code) : code;
    return { code: "invalid", message: "A name, key or value cannot be stored.", detail };
  }
  return { code: "unavailable", message: "The storage does not answer. It may work later." };
}
