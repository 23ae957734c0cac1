/** What captures need from others: the composition root passes it in. */
import type { CapturesView } from "../messaging/captures-view.ts";
import type { FileRow, ItemRow } from "../messaging/view.ts";
import type { Attributes } from "../shared/attribute-value.ts";
import type { WireError } from "../shared/result.ts";
import type { CaptureOwner } from "./captures.ts";
import type { CaptureJournal } from "./journal/capture-journal.ts";
import type { Mirror } from "./mirror/mirror.ts";
import type { Take } from "./taken.ts";

type MaybePromise<T> = T | Promise<T>;

/** The uploads, as far as captures use them. See src/transfers/transfers.ts. */
export interface CaptureUploads {
  upload(input: {
    id: string;
    owner: CaptureOwner;
    file: Blob;
    path: string;
    contentType: string;
    ifExists: "keep-both" | "replace" | "fail";
  }): Promise<unknown>;
  settled(
    id: string,
  ): Promise<{ state: "done" | "failed" | "cancelled"; path: string; error: WireError | null } | null>;
  known(id: string): Promise<boolean>;
  retry(which: string[], ifExists?: "keep-both"): Promise<void>;
  cancel(which: string[]): Promise<void>;
  dismiss(which: string[]): Promise<void>;
}

/** One person's folder and index items. All calls reject with a HoldallError. */
export interface CaptureStore {
  /** `transfer`: id of the transfer that stored it, where the store keeps metadata. Rejects with `file-missing`. */
  head(path: string): Promise<FileRow & { crc32: string | null; transfer: string | null }>;
  /** Copies within the folder, while the source is `etag` and the name is free (`file-exists`). */
  copy(input: { from: string; etag: string; path: string; contentType: string }): Promise<void>;
  delete(input: { path: string; etag: string }): Promise<{ deleteMarker: string | null }>;
  undelete(input: { path: string; deleteMarker: string }): Promise<void>;
  /** All bytes of an object. */
  read(path: string, signal: AbortSignal): Promise<Blob>;
  /** Rejects with `item-missing`. */
  item(sortKey: string): Promise<ItemRow>;
  /** On condition that it is not there yet; `item-conflict` when there is another one. */
  putItem(sortKey: string, attributes: Attributes): Promise<void>;
  /** While the item is as `basis` says, by its version. Rejects with `item-conflict`, `item-missing`. */
  saveItem(input: { sortKey: string; attributes: Attributes; basis: Attributes }): Promise<ItemRow>;
  deleteItem(input: { sortKey: string; basis: Attributes }): Promise<void>;
}

export interface CaptureServiceDeps {
  /** The profile and the person that are shown. */
  shown(): MaybePromise<{ profile: string | null; identity: string | null }>;
  /** Who is signed in to a profile now. */
  identity(profile: string): MaybePromise<string | null>;
  /** False while what is sent would only wait: no network, or a session that needs its person. */
  canSend(owner: CaptureOwner): MaybePromise<boolean>;
  /** False when the browser knows that there is no network. */
  online(): boolean;
  take: Take;
  uploads: CaptureUploads;
  /** Rejects with `signed-out` when somebody else, or nobody, is signed in to that profile. */
  store(owner: CaptureOwner): Promise<CaptureStore>;
  /** A small picture; null when it is none that can be drawn. */
  thumbnail(image: Blob): Promise<Blob | null>;
  mirror: Mirror;
  journal: CaptureJournal;
  /** What is under way, of whoever is shown; and when to call `resume`, should nothing else (milliseconds since the epoch). */
  changed(view: CapturesView, nextTry: number | null): void;
  /** Milliseconds since the epoch. */
  now(): number;
}
