/** Chromium alone has offscreen documents; the polyfill passes `browser.offscreen` through without a type. */

/** Makes sure that the document exists. One at a time may. */
export async function openOffscreen(path: string, justification: string): Promise<void> {
  if (await hasOffscreen()) return;
  await chrome.offscreen.createDocument({ url: path, reasons: [chrome.offscreen.Reason.BLOBS], justification });
}

export async function hasOffscreen(): Promise<boolean> {
  return await chrome.offscreen.hasDocument();
}
