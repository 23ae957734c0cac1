import type { SiteErrorCode, SiteFault } from "../shared/site/site-error.ts";
import { NativeError, setOwn } from "./intrinsics.ts";

/** What a request rejects with: an `Error` with `code`, and `detail` and `retryAfter` (milliseconds) where there are any. */
export function toError({ code, message, detail, retryAfter }: SiteFault, cause?: unknown): Error {
  const error = setOwn(new NativeError(message), { name: "HoldallError", code });
  if (detail !== undefined) setOwn(error, { detail });
  if (retryAfter !== undefined) setOwn(error, { retryAfter });
  if (cause !== undefined) setOwn(error, { cause });
  return error;
}

export const fault = (code: SiteErrorCode, message: string, detail?: string): SiteFault =>
  detail === undefined ? { code, message } : { code, message, detail };
