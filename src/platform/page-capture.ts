/** Chromium's own page format. The types of the polyfill know nothing of it. */
import { HoldallError } from "../shared/holdall-error.ts";
import { holdsPageCapture } from "./permissions.ts";

/** The page as MHTML; null where the browser has no such format, or the person has not allowed it. @throws HoldallError `capture-page-closed` */
export async function saveAsMhtml(tab: number): Promise<Blob | null> {
  if (!(await holdsPageCapture())) return null;
  try {
    return (await chrome.pageCapture.saveAsMHTML({ tabId: tab })) ?? null;
  } catch (cause) {
    throw new HoldallError("capture-page-closed", {}, { cause });
  }
}
