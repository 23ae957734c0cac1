/** The document at the other end of a content script's port, as the browser tells it. */
import { browser } from "./browser.ts";
import type { Port, Sender } from "./messages.ts";

export interface SiteDocument {
  origin: string;
  tab: number;
  /** Firefox tells it from version 153. */
  documentId: string | null;
}

/** What webextension-polyfill's types do not know yet. */
interface FullSender extends Sender {
  origin?: string;
  documentId?: string;
  documentLifecycle?: string;
}

/**
 * null unless it is our own content script in the top frame of a tab that a person may look at: not in a frame, whatever lies
 * around it, and not in a page that is only loaded in case somebody goes there.
 */
export function siteDocument(port: Port): SiteDocument | null {
  const sender = port.sender as FullSender | undefined;
  const tab = sender?.tab?.id;
  if (sender === undefined || sender.id !== browser.runtime.id || tab === undefined || sender.frameId !== 0)
    return null;
  if (sender.documentLifecycle !== undefined && sender.documentLifecycle !== "active") return null;
  const url = sender.url !== undefined && URL.canParse(sender.url) ? new URL(sender.url).origin : null;
  const origin = sender.origin ?? url;
  // A sandboxed document has its site's address, and no origin.
  if (origin === null || origin !== url) return null;
  return { origin, tab, documentId: sender.documentId ?? null };
}

/** Puts a packaged script into the page's own world, in exactly this document. @throws when it is gone */
export async function putIntoPage({ tab, documentId }: SiteDocument, file: string): Promise<void> {
  const target = documentId === null ? { tabId: tab, frameIds: [0] } : { tabId: tab, documentIds: [documentId] };
  await browser.scripting.executeScript({
    target,
    files: [file],
    world: "MAIN",
    injectImmediately: true,
  } as Parameters<typeof browser.scripting.executeScript>[0]);
}
