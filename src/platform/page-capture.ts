/** Chromium's own page format. The types of the polyfill know nothing of it. */
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { holdsPageCapture } from "./permissions.ts";

const attempts = 3;

/**
 * The page as MHTML; null where the browser has no such format, the person has not allowed it, or its file cannot be read.
 * @throws HoldallError `capture-page-closed`
 */
export async function saveAsMhtml(tab: number): Promise<Blob | null> {
  if (!(await holdsPageCapture())) return null;
  for (let left = attempts; left > 0; left--) {
    const answer = await ask(tab);
    if ("bytes" in answer) return new Blob([answer.bytes]);
    log.warn("the page's MHTML could not be read", answer.unread);
  }
  return null;
}

/**
 * The blob is a temporary file that Chromium takes away again, on a busy machine before it could be read (156 says
 * `NotFoundError`). So the read begins within the callback, and where it fails another try mends it.
 */
function ask(tab: number): Promise<{ bytes: ArrayBuffer } | { unread: unknown }> {
  return new Promise((resolve, reject) => {
    chrome.pageCapture.saveAsMHTML({ tabId: tab }, (file) => {
      if (file === undefined) {
        const cause = new Error(chrome.runtime.lastError?.message);
        reject(new HoldallError("capture-page-closed", {}, { cause }));
      } else {
        file.arrayBuffer().then(
          (bytes) => resolve({ bytes }),
          (unread) => resolve({ unread }),
        );
      }
    });
  });
}
