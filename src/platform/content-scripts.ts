/** The content script of connected sites: registered for their hosts alone, since match patterns carry no port everywhere. */
import { browser } from "./browser.ts";

const id = "site";
const file = "content.js";

/** Brings the registration in line with `matches`; it lasts until the extension is updated. */
export async function setContentScripts(matches: string[]): Promise<void> {
  const [present] = await browser.scripting.getRegisteredContentScripts({ ids: [id] });
  if (matches.length === 0) {
    if (present !== undefined) await browser.scripting.unregisterContentScripts({ ids: [id] });
    return;
  }
  const script = {
    ...{ id, matches, js: [file], runAt: "document_start", allFrames: false, persistAcrossSessions: true },
    matchOriginAsFallback: false,
  } as Parameters<typeof browser.scripting.registerContentScripts>[0][number];
  if (present === undefined) await browser.scripting.registerContentScripts([script]);
  else if (present.matches?.toSorted().join() !== matches.toSorted().join()) {
    await browser.scripting.updateContentScripts([script]);
  }
}

/** Puts the script into tabs that are open at `pattern` already; those that went elsewhere are left out. */
export async function runContentScript(pattern: string): Promise<void> {
  const tabs = await browser.tabs.query({ url: pattern, discarded: false });
  await Promise.allSettled(
    tabs.map(async ({ id: tabId }) => {
      if (tabId !== undefined) await browser.scripting.executeScript({ target: { tabId }, files: [file] });
    }),
  );
}
