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
 * The browser's id of the newest download of `url`, whatever became of it; null when there is none. A `blob:` URL is made
 * once, so what bears it was started by us, be it in an earlier life of the background.
 */
export async function findDownload(url: string): Promise<number | null> {
  const found = await browser.downloads.search({ url, orderBy: ["-startTime"] });
  return found.find((download) => download.url === url)?.id ?? null;
}

/**
 * Resolves when the download `id` of `url` is on disk; aborting `signal` cancels it in the browser. Firefox counts its ids
 * from 1 at every start: under the id of an earlier life there may be somebody else's download, which is left alone.
 * @throws HoldallError `save-failed` with the browser's reason, `cancelled`
 */
export async function finishDownload(id: number, url: string, signal: AbortSignal): Promise<void> {
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
    let known = false;
    let early = () => {};
    const changed = (delta: Downloads.OnChangedDownloadDeltaType) => {
      if (delta.id !== id) return;
      early = () => judge(delta.state?.current, delta.error?.current);
      if (known) early();
    };
    const abort = () => {
      if (!known) return;
      void browser.downloads.cancel(id).catch(() => undefined);
      end(() => reject(new HoldallError("cancelled")));
    };
    onChanged.addListener(changed);
    signal.addEventListener("abort", abort, { once: true });
    // It may have ended before we listened, or in an earlier life of the background.
    browser.downloads.search({ id }).then(
      ([found]) => {
        known = found?.url === url;
        if (!known) return judge("interrupted", "FILE_NO_LONGER_KNOWN");
        judge(found?.state, found?.error);
        early();
        if (signal.aborted) abort();
      },
      (cause) => end(() => reject(cause)),
    );
  });
}

function failure(reason: string | undefined): HoldallError {
  if (reason === "USER_CANCELED") return new HoldallError("cancelled");
  return new HoldallError("save-failed", { subs: [reason ?? "UNKNOWN"] });
}
