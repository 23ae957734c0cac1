/** The service's face, and what it needs from others: the composition root passes it in. */
import type { FileRow, TransfersView, TransferView } from "../messaging/view.ts";
import type { HoldallError } from "../shared/holdall-error.ts";
import type { HostAnswer, HostLink, SignedRequest } from "./host/host-link.ts";
import type { Journal } from "./journal/journal.ts";
import type { Outcome } from "./journal/ledger.ts";
import type { ArchiveEntry, IfExists, Owner } from "./record.ts";

type MaybePromise<T> = T | Promise<T>;

/** What S3 says of an object. */
export interface StoredObject {
  /** Bytes. */
  size: number;
  etag: string;
  /** `x-amz-checksum-crc32` of a HEAD with `x-amz-checksum-mode: ENABLED`, of the whole object; null when the store knows none. */
  crc32?: string | null;
  /** `x-amz-meta-…`, names in lower case without the prefix. */
  metadata?: Record<string, string>;
  /** As stored: what the browser undoes while it reads (`gzip`); null when there is none. */
  contentEncoding?: string | null;
}

/** A part as S3 has it. */
export interface StoredPart {
  partNumber: number;
  /** Bytes. */
  size: number;
  etag: string;
  crc32: string | null;
}

/** The action of IAM that a signed request needs, without `s3:`. */
export type ObjectAction = "PutObject" | "GetObject" | "AbortMultipartUpload" | "ListMultipartUploadParts";

/**
 * One person's folder. All calls reject with a HoldallError. What is signed is sent by the host: a reply may take longer than
 * the background lives. A multipart upload that is gone answers `upload-missing`.
 */
export interface TransferStore {
  /** False for stores that know no CRC-32 (profile option): sizes are compared instead. */
  readonly checksums: boolean;
  signPut(input: {
    path: string;
    size: number;
    contentType: string;
    crc32: string | null;
    /** Sends `If-None-Match: *`. */
    ifNoneMatch: boolean;
    metadata?: Record<string, string>;
  }): Promise<SignedRequest>;
  /** `etag` becomes `If-Match`; `range` as in HTTP, for example `bytes=0-1023`. */
  signGet(input: { path: string; etag?: string; range?: string }): Promise<SignedRequest>;
  /** CreateMultipartUpload with a full-object CRC-32. The answer holds `<UploadId>`. */
  signCreateUpload(input: {
    path: string;
    contentType: string;
    metadata?: Record<string, string>;
  }): Promise<SignedRequest>;
  signUploadPart(input: {
    path: string;
    uploadId: string;
    /** From 1. */
    partNumber: number;
    size: number;
    crc32: string | null;
  }): Promise<SignedRequest>;
  /** CompleteMultipartUpload: every part with its checksum, the CRC-32 and size of the whole, and the condition. */
  signCompleteUpload(input: {
    path: string;
    uploadId: string;
    parts: StoredPart[];
    size: number;
    crc32: string | null;
    ifNoneMatch: boolean;
  }): Promise<SignedRequest>;
  signAbortUpload(input: { path: string; uploadId: string }): Promise<SignedRequest>;
  /** Every part that S3 holds, in order. Rejects with `upload-missing`. */
  listParts(input: { path: string; uploadId: string }): Promise<StoredPart[]>;
  /** CopyObject within the folder, while the source is `etag`; for objects up to 5 GiB. */
  signCopy(input: {
    from: string;
    etag: string;
    path: string;
    contentType: string;
    ifNoneMatch: boolean;
    metadata?: Record<string, string>;
  }): Promise<SignedRequest>;
  /** Rejects with `file-missing` when there is none. */
  head(path: string): Promise<StoredObject>;
  /** The error that an answer to a signed request means; also of a 200 that carries one, as CompleteMultipartUpload's and CopyObject's may. */
  explain(answer: HostAnswer, request: { action: ObjectAction; path: string }): HoldallError;
}

/** The browser's own downloads. */
export interface Downloads {
  /** Starts saving a `blob:` URL without asking where; resolves to the browser's id once it began. */
  start(url: string, filename: string): Promise<number>;
  /** The id of the download that saves this `blob:` URL, also one of an earlier life; null when the browser has none. */
  find(url: string): Promise<number | null>;
  /**
   * Resolves when the file is on disk, also for a download that began before a restart. Aborting the signal cancels it.
   * Ids may come again after a restart, so the URL is told too.
   * Rejects with `save-failed`, or `cancelled` when the person cancelled it in the browser.
   */
  finish(downloadId: number, url: string, signal: AbortSignal): Promise<void>;
}

export interface TransferDeps {
  /** The folder of `owner`; rejects with `signed-out` when somebody else, or nobody, is signed in to that profile. */
  storage(owner: Owner): MaybePromise<TransferStore>;
  /** Who is signed in to a profile now: checked again around every signature. */
  identity(profile: string): MaybePromise<string | null>;
  /** Gets new credentials though the old ones look valid: S3 refused them as expired. */
  renew(profile: string): Promise<unknown>;
  /** The person and profile that are shown: owner of what is begun now. */
  owner(): MaybePromise<Owner | null>;
  /** Throws `name-*` when the path cannot be the key of a new object of that identity. */
  checkPath(identity: string, path: string): void;
  /** Rejects with `permission-needed` when the extension may not reach the host of `url`: asked when a request got no answer. */
  checkReach(url: string): Promise<void>;
  /** Whether the person wants equal bytes to be recognised and not sent again. */
  sendOnce(): MaybePromise<boolean>;
  /** Bytes that the journal may still take. */
  room(): Promise<number>;
  host: HostLink;
  journal: Journal;
  downloads: Downloads;
  /** An upload is proved: what a listing would now show of it, learned without one. */
  stored(owner: Owner, row: FileRow): void;
  /** The transfers of the shown owner, at most four times a second for mere progress. Without `owner` it is nobody's. */
  changed(view: TransfersView, owner?: Owner | null): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  /** False when the browser knows that there is no network. */
  online(): boolean;
  /** Resolves after `ms`. */
  pause(ms: number): Promise<void>;
}

export interface UploadInput {
  file: Blob;
  path: string;
  ifExists: IfExists;
  contentType?: string;
  /** A ULID when the caller keeps an intent of its own: a second call with the same id changes nothing. */
  id?: string;
}

/** Transfers of the shown owner: by id, or all to which the order means something. `conflicts`: failed with `file-exists`. */
export type Selection = string[] | "all" | "conflicts" | "failed" | "ended";

export interface Transfers {
  /**
   * Takes a file into the journal and begins to send it. Resolves as soon as its bytes are safe there.
   * @throws HoldallError `signed-out`, `name-*`, `file-too-large`, `file-unreadable`, `journal-full`, `journal-damaged`
   */
  upload(input: UploadInput & { owner?: Owner }): Promise<{ id: string }>;
  /**
   * Takes any number of files. Resolves once what is wanted is journalled and the host holds the files: they are copied from
   * there on, whether or not the page stays open. Each file that cannot be taken is refused by itself; its place in `files`.
   * @throws HoldallError `signed-out`, `journal-full`, `journal-damaged`: nothing was taken
   */
  uploadAll(
    files: UploadInput[],
    owner?: Owner,
  ): Promise<{ ids: string[]; refused: { index: number; error: HoldallError }[] }>;
  /**
   * The file again, for an upload that waits for it. It is compared with what was copied or sent before.
   * @throws HoldallError `file-changed` when it is another one
   */
  provide(id: string, file: Blob): Promise<void>;
  /** Saves an object to disk. @throws HoldallError `signed-out`, `journal-full`, `journal-damaged` */
  save(input: { path: string; etag?: string | undefined; owner?: Owner }): Promise<{ id: string }>;
  /** Saves several objects as one zip. @param input.path the folder that they lie in */
  saveArchive(input: {
    path: string;
    /** Of the zip, with its ending. */
    name: string;
    entries: Omit<ArchiveEntry, "segment">[];
    owner?: Owner;
  }): Promise<{ id: string }>;
  /** Ends transfers; those that have ended stay as they are. */
  cancel(which: Selection): Promise<void>;
  /** Stops sending; staging goes on, since the source may not be there later. */
  pause(which: Selection): Promise<void>;
  /** Goes on with what is paused; what waits tries at once. */
  unpause(which: Selection): Promise<void>;
  /** Begins failed or cancelled transfers again; those that wait do not wait any longer. */
  retry(which: Selection, ifExists?: IfExists): Promise<void>;
  /** Takes ended transfers off the list. */
  dismiss(which: Selection): Promise<void>;
  /** Puts transfers before `before` in the queue, or at its end. */
  move(ids: string[], before: string | null): Promise<void>;
  /** A page of all transfers of the shown owner, in the order of `TransfersView.rows`. @param cursor of the page before */
  list(input: { cursor?: string; limit: number }): Promise<{ rows: TransferView[]; cursor: string | null }>;
  /** Aborts multipart uploads of the shown owner that the journal knows and no transfer needs. Resolves to how many, and how many are left. */
  cleanUp(): Promise<{ aborted: number; left: number }>;
  /** Goes on with everything that can: after a start, a sign-in, when the network is back, and by alarm. @throws `journal-damaged` */
  resume(): Promise<void>;
  /**
   * Sign-out: what runs under this profile stops within the second and waits for the same person.
   * @param spared identity whose transfers are left alone: who has taken the other's place
   */
  suspend(profile: string, spared?: string): Promise<void>;
  /** Removes every record and byte of an owner (or of a profile when `identity` is absent). */
  forget(owner: { profile: string; identity?: string }): Promise<void>;
  /** Calls `changed` with the present state: after the shown owner changed. */
  publish(): Promise<void>;
  /** Resolves when the transfer has ended; null when there is no such record. */
  settled(id: string): Promise<Outcome | null>;
  /** Is there a transfer of this id, whatever its state? */
  known(id: string): Promise<boolean>;
  /**
   * True while something (of a profile) is under way or waits for what may come by itself: the background then sets an alarm
   * that calls `resume`. What waits for its owner to sign in or to pick a file is woken by that alone.
   */
  busy(profile?: string): boolean;
}
