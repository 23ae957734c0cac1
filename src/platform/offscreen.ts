/** Chromium alone has offscreen documents; the polyfill passes `browser.offscreen` through without a type. */

/** Makes sure that the document exists. One at a time may. */
export async function openOffscreen(path: string, justification: string): Promise<void> {
  if (await chrome.offscreen.hasDocument()) return;
  await chrome.offscreen.createDocument({ url: path, reasons: [chrome.offscreen.Reason.BLOBS], justification });
}
