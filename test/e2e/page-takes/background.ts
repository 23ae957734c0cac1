/** A background that is nothing but what is taken of pages. */
import { createPageTake } from "../../../src/captures/take/page/create-page-take.ts";
import type { TakeInput } from "../../../src/captures/taken.ts";
import { browser } from "../../../src/platform/browser.ts";
import { onMessage } from "../../../src/platform/messages.ts";
import { saveAsMhtml } from "../../../src/platform/page-capture.ts";
import { withPageScript } from "../../../src/platform/page-script.ts";
import { addPageStyle, removePageStyle } from "../../../src/platform/page-style.ts";
import { captureArea, capturesAreas, captureView } from "../../../src/platform/tab-capture.ts";
import { toWireError, type WireError } from "../../../src/shared/result.ts";

export interface TakeQuestion {
  kind: TakeInput["kind"];
  frame?: number;
  text?: string;
  selection?: "markdown" | "text";
  pageFormat?: "mhtml" | "html";
  /** Of the tab, 1 for none. */
  zoom?: number;
  /** Milliseconds after which the person changes their mind. */
  cancelAfter?: number;
}

export type TakeAnswer =
  | {
      type: string;
      extension: string;
      sha256: string;
      dimensions: { width: number; height: number } | null;
      missing: number;
      bytes: Blob;
      progress: [received: number, total: number | null][];
      /** Milliseconds. */
      took: number;
    }
  | { error: WireError };

const take = createPageTake({
  withPageScript,
  addPageStyle,
  removePageStyle,
  captureArea,
  capturesAreas,
  captureView,
  saveAsMhtml,
});

onMessage((message) => answer(message as TakeQuestion));
// Gives `activeTab`.
browser.action.onClicked.addListener(() => {});

async function answer({ kind, frame = 0, text, cancelAfter, zoom, ...wishes }: TakeQuestion): Promise<TakeAnswer> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  const page = { url: tab?.url ?? "", title: tab?.title ?? "" };
  if (zoom !== undefined) await browser.tabs.setZoom(tab?.id, zoom);
  const abort = new AbortController();
  if (cancelAfter !== undefined) setTimeout(() => abort.abort(), cancelAfter);
  const progress: [number, number | null][] = [];
  const input: TakeInput = {
    kind,
    url: page.url,
    page,
    tab: tab?.id === undefined ? null : { id: tab.id, frame },
    tags: [],
    note: "",
    id: "01",
    profile: "local",
    allowAddress: false,
    selection: "markdown",
    pageFormat: "html",
    ...wishes,
    ...(text === undefined ? {} : { text }),
  };
  const begun = performance.now();
  try {
    const watch = {
      signal: abort.signal,
      progress: (received: number, total: number | null) => void progress.push([received, total]),
    };
    return { ...(await take(input, watch)), progress, took: performance.now() - begun };
  } catch (error) {
    return { error: toWireError(error) };
  }
}
