/** A file's bytes on their way into the page: the next piece is asked for when the last one was taken. */
import type { FromPage, SiteFileAnswer, SitePiece } from "../messaging/site-channel.ts";
import { fault, toError } from "./fault.ts";
import {
  arrayBufferOf,
  close,
  enqueue,
  freeze,
  NativeBlob,
  NativePromise,
  NativeReadableStream,
  NativeUint8Array,
  setOwn,
  textOf,
} from "./intrinsics.ts";

export interface Pieces {
  /** Null at the end. Rejects when the file cannot be read on. */
  next(): Promise<Blob | null>;
  cancel(): void;
}

/** @returns what is to be called with each message */
export function createPieces(say: (message: FromPage) => void): { pieces: Pieces; heard(message: SitePiece): void } {
  let waiting: { resolve(piece: Blob | null): void; reject(error: Error): void } | null = null;
  let over: Error | "end" | null = null;
  const settle = (outcome: Blob | Error | "end") => {
    if (!(outcome instanceof NativeBlob)) over = outcome;
    const one = waiting;
    waiting = null;
    if (outcome === "end") one?.resolve(null);
    else if (outcome instanceof NativeBlob) one?.resolve(outcome);
    else one?.reject(outcome);
  };
  return {
    pieces: {
      next: () =>
        new NativePromise((resolve, reject) => {
          waiting = { resolve, reject };
          if (over !== null) settle(over);
          else say({ type: "more" });
        }),
      cancel: () => {
        if (over !== null) return;
        say({ type: "cancel" });
        settle(toError(fault("cancelled", "The page cancelled it.")));
      },
    },
    heard: (message) =>
      settle(message.type === "piece" ? message.bytes : message.type === "end" ? "end" : toError(message.error)),
  };
}

/**
 * The answer to `files.get`: what is known of the file, and one of `stream()`, `blob()` and `text()`, once. A blob is put together
 * from the pieces without copying them, so it may be larger than memory.
 */
export function fileBytes(answer: SiteFileAnswer, pieces: Pieces): object {
  let taken = false;
  const take = () => {
    if (taken) throw toError(fault("invalid", "The bytes of this answer were taken already."));
    taken = true;
  };
  const blob = async () => {
    take();
    const all: Blob[] = [];
    for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
      setOwn(all, { [all.length]: piece });
    }
    return new NativeBlob(all, { type: answer.type });
  };
  return freeze(
    setOwn(answer, {
      blob,
      text: async () => textOf(await blob()),
      stream: () => {
        take();
        return new NativeReadableStream<Uint8Array>(
          {
            pull: async (controller) => {
              const piece = await pieces.next();
              if (piece === null) return close(controller);
              enqueue(controller, new NativeUint8Array(await arrayBufferOf(piece)));
            },
            cancel: pieces.cancel,
          },
          { highWaterMark: 0 },
        );
      },
    }),
  );
}
