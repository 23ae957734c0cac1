import type { Downloads } from "webextension-polyfill";
import { HoldallError } from "../shared/holdall-error.ts";
import { browser } from "./browser.ts";

/** Starts saving a `blob:` URL into the download folder; a taken name gets a number. Resolves to the browser's id. */
export async function startDownload(url: string, filename: string): Promise<number> {
  try {
    return await browser.downloads.download({ url, filename, conflictAction: "uniquify", saveAs: false });
  } catch (cause) {
    throw new HoldallError(
      "save-failed",
      { subs: [cause instanceof Error ? cause.message : String(cause)] },
      { cause },
    );
  }
}

/**
 * Resolves when a download is on disk; aborting `signal` cancels it in the browser.
 * @throws HoldallError `save-failed` with the browser's reason, `cancelled`
 */
export async function finishDownload(id: number, signal: AbortSignal): Promise<void> {
  const { onChanged } = browser.downloads;
  await new Promise<void>((resolve, reject) => {
    const end = (outcome: () => void) => {
      onChanged.removeListener(changed);
      signal.removeEventListener("abort", abort);
      outcome();
    };
    const judge = (state: string | undefined, error: string | undefined) => {
      if (state === "complete") end(resolve);
      else if (state === "interrupted") end(() => reject(failure(error)));
    };
    const changed = (delta: Downloads.OnChangedDownloadDeltaType) => {
      if (delta.id === id) judge(delta.state?.current, delta.error?.current);
    };
    const abort = () => {
      void browser.downloads.cancel(id).catch(() => undefined);
      end(() => reject(new HoldallError("cancelled")));
    };
    onChanged.addListener(changed);
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    // It may have ended before we listened, or in an earlier life of the background.
    browser.downloads.search({ id }).then(
      ([found]) => judge(found === undefined ? "interrupted" : found.state, found?.error ?? "FILE_NO_LONGER_KNOWN"),
      (cause) => end(() => reject(cause)),
    );
  });
}

function failure(reason: string | undefined): HoldallError {
  if (reason === "USER_CANCELED") return new HoldallError("cancelled");
  return new HoldallError("save-failed", { subs: [reason ?? "UNKNOWN"] });
}
