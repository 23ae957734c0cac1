/** Copies what the person chose into the journal. */
import { type ByteRange, type Digest, HostFailure, type Watch } from "../transfers/host/host-link.ts";
import { inlineSize } from "../transfers/journal/journal.ts";
import { digestOfBuffer } from "./digest.ts";
import { orFail, throwIfCancelled } from "./failure.ts";
import { matches } from "./matches.ts";
import { cut, heldSource, type Stock } from "./upload-bytes.ts";

export interface StageInput {
  transferId: string;
  index: number;
  range: ByteRange;
  last: boolean;
}

/** @param reread whether to read the source once more at its end, because the browser does not notice that it changed */
export async function stage(
  stock: Stock,
  input: StageInput,
  watch: Watch,
  reread: boolean,
): Promise<{ digest: Digest | null }> {
  const { transferId, index, range, last } = input;
  throwIfCancelled(watch.signal);
  const bytes = cut(heldSource(stock, transferId), range.start, range.end);
  stock.sums.forget(transferId, range);
  stock.fresh.drop(transferId);
  const digest = await copy(stock, transferId, index, bytes);
  throwIfCancelled(watch.signal);
  if (last) {
    if (reread && index > 0 && !(await isAsStaged(stock, input, watch))) throw new HostFailure("source");
    letGo(stock, transferId);
  }
  return { digest };
}

export function letGo({ sources, sums }: Stock, transferId: string): void {
  sources.delete(transferId);
  sums.drop(transferId);
}

/** A transaction each: of the 2 ms that a small file takes here, sharing one with a hundred others saved 0.2. */
async function copy({ journal, fresh }: Stock, transferId: string, index: number, bytes: Blob): Promise<Digest | null> {
  if (bytes.size > inlineSize) {
    // The browser copies it file to file; nothing of it comes into this process. A Blob: a File's name is none of its bytes.
    // Not a slice: of a file that has grown Firefox then copies all, and its size tells that it is another one.
    await orFail(journal.putSegment(transferId, index, new Blob([bytes])), "source");
    return null;
  }
  const buffer = await orFail(bytes.arrayBuffer(), "source");
  if (buffer.byteLength !== bytes.size) throw new HostFailure("source");
  await orFail(journal.putSegment(transferId, index, buffer), "source");
  if (index === 0) fresh.keep(transferId, buffer);
  return digestOfBuffer(buffer);
}

/** Segments that were copied one after the other from a file that changed meanwhile are a file that never was. */
async function isAsStaged(stock: Stock, { transferId, index, range }: StageInput, watch: Watch): Promise<boolean> {
  const bytes = { transferId, segmentSize: range.start / index, live: false };
  return await matches(stock, { bytes, size: range.end }, watch);
}
