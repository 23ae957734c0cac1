/** Fetches within a page, by a script that is there for the time of one capture: the click allows it, no host permission does. */
import { onlyAnswer, type withPageScript } from "../../../platform/page-script.ts";
import { bytesOfBase64 } from "../../../shared/base64.ts";
import { HoldallError } from "../../../shared/holdall-error.ts";
import type { SourceCalls } from "../../../shared/page-calls.ts";
import { shown } from "../../shown-address.ts";
import type { TakeWatch } from "../../taken.ts";

const script = "inject-source.js";
/** Milliseconds after which it says how far it is, when it has not ended. */
const patience = 200;
/** Bytes that are handed over at once: a multiple of three, as base64 wants. */
const pieceSize = 6_000_000;
/** Bytes. More than that would go through the page as text for a minute. */
const largest = 512 * 1024 ** 2;

export interface FoundInPage {
  bytes: Blob;
  /** `Content-Type` and `Content-Disposition`; "" when there is none. */
  type: string;
  disposition: string;
}

/**
 * null where scripts may not run, or the page may not read it either.
 * @throws HoldallError `cancelled`, `capture-gone`, `capture-too-large`, `capture-unfetchable` for an answer that is an error
 */
export async function fetchInPage(
  inPage: typeof withPageScript,
  { id, frame }: { id: number; frame: number },
  url: string,
  watch: TakeWatch,
): Promise<FoundInPage | null> {
  try {
    return await inPage<SourceCalls, FoundInPage | null>({ tab: id, frame }, script, async (call) => {
      let now = onlyAnswer(await call("start", url, largest, patience));
      for (;;) {
        if (watch.signal.aborted) {
          await call("cancel").catch(() => {});
          throw new HoldallError("cancelled");
        }
        const { received, total, end, status, type, disposition, all } = now;
        watch.progress(received, total);
        if (end === "whole") {
          const bytes = all === undefined ? await collect(received, call) : blobOf(all);
          return { bytes, type, disposition };
        }
        if (end !== null) throw refusal(end, status, url);
        now = onlyAnswer(await call("status", patience));
      }
    });
  } catch (error) {
    if (error instanceof HoldallError && error.code === "capture-page-closed") return null;
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** The page may not read it: the extension perhaps. */
class Refused extends Error {}

function refusal(end: "refused" | "broken" | "too-large", status: number, url: string): Error {
  if (end === "broken") return new HoldallError("capture-gone", { subs: [shown(url)] });
  // A request of the extension may take more.
  if (end === "too-large" && /^https?:/i.test(url)) return new Refused();
  if (end === "too-large") return new HoldallError("capture-too-large", { subs: [String(largest / 1024 ** 2)] });
  if (status >= 400) return new HoldallError("capture-unfetchable", { subs: [shown(url), `HTTP ${status}`] });
  return new Refused();
}

type Piece = (name: "piece", at: number, length: number) => Promise<(string | null)[]>;

async function collect(size: number, call: Piece): Promise<Blob> {
  const parts: Blob[] = [];
  for (let at = 0; at < size; at += pieceSize) {
    parts.push(blobOf(onlyAnswer(await call("piece", at, pieceSize))));
  }
  return new Blob(parts);
}

function blobOf(base64: string): Blob {
  return new Blob([bytesOfBase64(base64)]);
}
