/** The service's face, and what it needs from others: the composition root passes it in. */
import type { FileRow, TransferView } from "../messaging/view.ts";
import type { HoldallError } from "../shared/holdall-error.ts";
import type { HostAnswer, HostLink, SignedRequest } from "./host-link.ts";
import type { Journal } from "./journal.ts";
import type { Outcome } from "./ledger.ts";
import type { IfExists, Owner } from "./record.ts";

type MaybePromise<T> = T | Promise<T>;

/** What S3 says of an object. */
export interface StoredObject {
  /** Bytes. */
  size: number;
  etag: string;
  /** `x-amz-checksum-crc32` of a HEAD with `x-amz-checksum-mode: ENABLED`; null when the store knows none. */
  crc32?: string | null;
  /** `x-amz-meta-…`, names in lower case without the prefix. */
  metadata?: Record<string, string>;
}

/** One person's folder. All calls reject with a HoldallError. */
export interface TransferStore {
  signPut(input: {
    path: string;
    size: number;
    contentType: string;
    crc32: string | null;
    /** Sends `If-None-Match: *`. */
    ifNoneMatch: boolean;
    metadata?: Record<string, string>;
  }): Promise<SignedRequest>;
  /** `etag` becomes `If-Match`. */
  signGet(input: { path: string; etag?: string }): Promise<SignedRequest>;
  /** Rejects with `file-missing` when there is none. */
  head(path: string): Promise<StoredObject>;
  /** The error that an answer to a signed request means. */
  explain(answer: HostAnswer, request: { action: "PutObject" | "GetObject"; path: string }): HoldallError;
}

/** The browser's own downloads. */
export interface Downloads {
  /** Starts saving a `blob:` URL without asking where; resolves to the browser's id once it began. */
  start(url: string, filename: string): Promise<number>;
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
  host: HostLink;
  journal: Journal;
  downloads: Downloads;
  /** An upload is proved: what a listing would now show of it, learned without one. */
  stored(owner: Owner, row: FileRow): void;
  /** The transfers of the shown owner, newest first; at most four times a second for mere progress. */
  changed(views: TransferView[]): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  /** False when the browser knows that there is no network. */
  online(): boolean;
  /** Resolves after `ms`. */
  pause(ms: number): Promise<void>;
}

export interface Transfers {
  /**
   * Takes a file into the journal and begins to send it. Resolves as soon as it is safe there.
   * @param input.id a ULID when the caller keeps an intent of its own: a second call with the same id changes nothing.
   * @throws HoldallError `signed-out`, `name-*`, `file-too-large`, `file-unreadable`, `journal-full`, `journal-damaged`
   */
  upload(input: {
    file: Blob;
    path: string;
    ifExists: IfExists;
    contentType?: string;
    id?: string;
    owner?: Owner;
  }): Promise<{ id: string }>;
  /** Saves an object to disk. @throws HoldallError `signed-out`, `journal-full`, `journal-damaged` */
  save(input: { path: string; etag?: string | undefined; owner?: Owner }): Promise<{ id: string }>;
  /** Ends a transfer; one that has ended stays as it is. */
  cancel(id: string): Promise<void>;
  /** Begins a failed or cancelled transfer again; one that waits does not wait any longer. */
  retry(id: string, ifExists?: IfExists): Promise<void>;
  /** Takes an ended transfer off the list. */
  dismiss(id: string): Promise<void>;
  /** Goes on with everything that can: after a start, a sign-in, when the network is back, and by alarm. @throws `journal-damaged` */
  resume(): Promise<void>;
  /**
   * Sign-out: what runs under this profile stops within the second and waits for the same person.
   * @param spared identity whose transfers are left alone: who has taken the other's place
   */
  suspend(profile: string, spared?: string): Promise<void>;
  /** Removes every record and byte of an owner (or of a profile when `identity` is absent). */
  forget(owner: { profile: string; identity?: string }): Promise<void>;
  /** Calls `changed` with the present list: after the shown owner changed. */
  publish(): Promise<void>;
  /** Resolves when the transfer has ended; null when there is no such record. */
  settled(id: string): Promise<Outcome | null>;
  /** Is there a transfer of this id, whatever its state? */
  known(id: string): Promise<boolean>;
  /**
   * True while something (of a profile) is under way or waits for what may come by itself: the background then sets an alarm
   * that calls `resume`. What waits for its owner to sign in is woken by that alone.
   */
  busy(profile?: string): boolean;
}
