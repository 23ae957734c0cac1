/** Makes one file of the page: what it shows now, with all that it is made of. */
import type { PageFileCalls, PageFileStatus } from "../shared/page-calls.ts";
import { answerCalls } from "./answer-calls.ts";
import { includeAddresses } from "./fetch-addresses.ts";
import { inPieces } from "./in-pieces.ts";
import { includeResources } from "./include-resources.ts";
import { readPage } from "./read-page.ts";
import { writeHtml } from "./write-html.ts";

const abort = new AbortController();
const included = includeAddresses(abort.signal);
let pieces: string[] | null = null;
let failure: string | null = null;

answerCalls("inject-page-file.js", { start, status, piece, cancel: () => abort.abort() } satisfies PageFileCalls);

function start(): boolean {
  // Viewers of other formats are pages whose content is elsewhere.
  if (document.documentElement?.localName !== "html" || document.contentType === "application/pdf") return false;
  void makeFile().catch((error) => {
    failure = String(error);
  });
  return true;
}

async function makeFile(): Promise<void> {
  const page = readPage(document);
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  // The browser's list has room for 250.
  const isWhole = loaded.length < 250;
  await includeResources(page, { ...included, usesFont: (address) => !isWhole || loaded.includes(address) });
  const note = `\n Saved with Holdall\n ${location.href}\n ${new Date().toISOString()}\n`;
  pieces = inPieces(writeHtml(page, note));
}

function status(): PageFileStatus {
  return { received: included.received(), missing: included.missing(), pieces: pieces?.length ?? null, failure };
}

function piece(index: number): string {
  return pieces?.[index] ?? "";
}
