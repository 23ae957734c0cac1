import { HoldallError } from "../shared/holdall-error.ts";
import { browser } from "./browser.ts";

/** Styles a frame without an element in it, over the page's own styles. Take it away with the same text. */
export async function addPageStyle(tab: number, frame: number, css: string): Promise<void> {
  try {
    await browser.scripting.insertCSS({ target: { tabId: tab, frameIds: [frame] }, css, origin: "USER" });
  } catch (cause) {
    throw new HoldallError("capture-page-closed", {}, { cause });
  }
}

/** The page may be gone by now: its styles are gone with it. */
export async function removePageStyle(tab: number, frame: number, css: string): Promise<void> {
  await browser.scripting.removeCSS({ target: { tabId: tab, frameIds: [frame] }, css, origin: "USER" }).catch(() => {});
}
