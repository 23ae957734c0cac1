import { type CaptureRecord, ownerOf } from "./record.ts";
import type { CaptureServiceDeps } from "./service-deps.ts";

/** Milliseconds between two looks, and how often: afterwards nobody waits for the answer any more. */
const interval = 250;
const looks = 240;

/**
 * What cannot be sent just now is kept, as far as anybody who waits for it is concerned. Resolves to true once that is so, to
 * false when the capture ended or came to rest otherwise.
 */
export async function watchKept(
  record: () => CaptureRecord | undefined,
  canSend: CaptureServiceDeps["canSend"],
  signal: AbortSignal,
): Promise<boolean> {
  for (let look = 0; look < looks && !signal.aborted; look++) {
    await new Promise((resolve) => setTimeout(resolve, interval));
    const now = record();
    if (now === undefined || now.state === "failed") return false;
    const owner = ownerOf(now);
    const isThere = now.state === "uploading" || now.state === "taken";
    if (isThere && owner !== null && !(await canSend(owner))) return true;
  }
  return false;
}
