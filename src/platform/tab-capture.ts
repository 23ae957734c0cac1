/** Pictures of what a tab shows, as PNG. */
import { bytesOfBase64 } from "../shared/base64.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { browser } from "./browser.ts";

/** CSS pixels of the page, not of the window. */
export interface PageArea {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * What the window shows of the tab. Chromium refuses more than two in a second.
 * @throws HoldallError `capture-page-closed`, `capture-screenshot-failed`
 */
export function captureView(tab: number): Promise<Blob> {
  return capture(tab, {});
}

/**
 * Any part of the page, in device pixels: Firefox draws what is out of view too, as if the page had not been scrolled.
 * @throws HoldallError as `captureView`
 */
export function captureArea(tab: number, rect: PageArea): Promise<Blob> {
  return capture(tab, { rect, resetScrollPosition: true });
}

/** Firefox alone draws what is out of view; Chromium would quietly give the view. */
export function capturesAreas(): boolean {
  return "getBrowserInfo" in browser.runtime;
}

async function capture(tab: number, options: { rect?: PageArea; resetScrollPosition?: boolean }): Promise<Blob> {
  const window = await windowThatShows(tab);
  let url: string;
  try {
    url = await browser.tabs.captureVisibleTab(window, { format: "png", ...options });
  } catch (cause) {
    throw failed(cause instanceof Error ? cause.message : String(cause), cause);
  }
  // The browser takes whatever tab the window shows: another one is nobody's business.
  await windowThatShows(tab);
  return bytesOf(url);
}

async function windowThatShows(tab: number): Promise<number> {
  const found = await browser.tabs.get(tab).catch((cause) => {
    throw new HoldallError("capture-page-closed", {}, { cause });
  });
  if (!found.active || found.windowId === undefined) throw failed("the tab is not in view");
  return found.windowId;
}

function failed(reason: string, cause?: unknown): HoldallError {
  return new HoldallError("capture-screenshot-failed", { subs: [reason] }, { cause });
}

/** Not with `fetch`: Firefox has a limit for the length of a data: address. */
function bytesOf(url: string): Blob {
  const base64 = url.slice(url.indexOf(",") + 1);
  const parts: BlobPart[] = [];
  // A multiple of 4 characters: 3 bytes each.
  const step = 4 * 1024 * 1024;
  for (let at = 0; at < base64.length; at += step) {
    parts.push(bytesOfBase64(base64.slice(at, at + step)));
  }
  return new Blob(parts, { type: "image/png" });
}
