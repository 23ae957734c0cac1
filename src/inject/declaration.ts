/** Reads what a page says it would like: `<link rel="holdall" href="….json">`, of its own origin and at most 64 KB. */
import type { DeclarationCalls } from "../shared/page-calls.ts";
import { answerCalls } from "./answer-calls.ts";

const longest = 64 * 1024;
/** Milliseconds. */
const patience = 3000;

answerCalls("inject-declaration.js", { read } satisfies DeclarationCalls);

async function read(): Promise<string | null> {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="holdall"][href]');
  if (link === null || new URL(link.href).origin !== location.origin) return null;
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch(link.href, { mode: "same-origin", credentials: "omit", redirect: "error", signal });
  if (!answer.ok || answer.body === null) return null;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = answer.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > longest) {
      void reader.cancel();
      return null;
    }
    parts.push(next.value);
  }
  return await new Blob(parts).text();
}
