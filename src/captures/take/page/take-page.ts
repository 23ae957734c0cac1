/** The whole page in one file. */
import type { saveAsMhtml } from "../../../platform/page-capture.ts";
import { onlyAnswer, type withPageScript } from "../../../platform/page-script.ts";
import { HoldallError } from "../../../shared/holdall-error.ts";
import type { PageFileCalls } from "../../../shared/page-calls.ts";
import type { TakeInput, Taken, TakeWatch } from "../../taken.ts";
import { sha256Hex } from "../sha256.ts";
import { textFile } from "./text-file.ts";

export interface PageFileDeps {
  withPageScript: typeof withPageScript;
  saveAsMhtml: typeof saveAsMhtml;
}

const script = "inject-page-file.js";
/** Milliseconds between two looks at how far the page is. */
const interval = 100;

/**
 * MHTML where it is wished and allowed, else HTML that holds its pictures, fonts and styles and runs nothing.
 * @throws HoldallError `capture-page-closed`, `cancelled`
 */
export async function takePage(input: TakeInput, watch: TakeWatch, deps: PageFileDeps): Promise<Taken> {
  if (input.tab === null) throw new HoldallError("capture-page-closed");
  const mhtml = input.pageFormat === "mhtml" ? await deps.saveAsMhtml(input.tab.id) : null;
  return mhtml === null ? await takeHtml(input.tab.id, watch, deps) : await mhtmlFile(mhtml);
}

async function mhtmlFile(blob: Blob): Promise<Taken> {
  const bytes = blob.slice(0, blob.size, "multipart/related");
  const type = "multipart/related";
  return { bytes, type, extension: "mhtml", sha256: await sha256Hex(bytes), dimensions: null, name: "", missing: 0 };
}

async function takeHtml(tab: number, watch: TakeWatch, deps: PageFileDeps): Promise<Taken> {
  return await deps.withPageScript<PageFileCalls, Taken>({ tab, frame: 0 }, script, async (call) => {
    try {
      if (!onlyAnswer(await call("start"))) throw new HoldallError("capture-page-closed");
      for (;;) {
        if (watch.signal.aborted) throw new HoldallError("cancelled");
        const { received, missing, pieces, failure } = onlyAnswer(await call("status"));
        if (failure !== null) throw new HoldallError("internal", { subs: [failure], detail: failure });
        watch.progress(received, null);
        if (pieces === null) {
          await new Promise((resolve) => setTimeout(resolve, interval));
          continue;
        }
        const parts: Blob[] = [];
        // Each into a blob: the browser may keep it on disk.
        for (let at = 0; at < pieces; at++) parts.push(new Blob([onlyAnswer(await call("piece", at))]));
        return await textFile(parts, "text/html", "html", missing);
      }
    } finally {
      await call("cancel").catch(() => {});
    }
  });
}
