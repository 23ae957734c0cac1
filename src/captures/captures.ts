/** The service's face, and what it needs from others: the composition root passes it in. */
import type {
  CaptureFacets,
  CaptureFilter,
  CaptureOffer,
  CaptureRow,
  CaptureSettings,
} from "../messaging/captures-view.ts";
import type { Attributes } from "../shared/attribute-value.ts";
import type { WireError } from "../shared/result.ts";
import type { CaptureJournal } from "./capture-journal.ts";
import type { CaptureRequest } from "./taken.ts";

export interface CaptureOwner {
  profile: string;
  identity: string;
}

type MaybePromise<T> = T | Promise<T>;

export interface CaptureDeps {
  /** The person and profile that are shown. */
  owner(): MaybePromise<CaptureOwner | null>;
  /** Who is signed in to a profile now. */
  identity(profile: string): MaybePromise<string | null>;
  /** `URL.host` of a profile's services (issuer, storage): not blocked though they may be local. */
  ownHosts(profile: string): MaybePromise<string[]>;
  /** Is the permission for a match pattern such as `https://host/*` held? */
  holdsHost(pattern: string): Promise<boolean>;
  /** Starts an upload under this id; a second call with the same id changes nothing. */
  upload(input: {
    id: string;
    owner: CaptureOwner;
    file: Blob;
    path: string;
    contentType: string;
    ifExists: "fail";
  }): Promise<unknown>;
  /** Resolves when the upload has ended; null when there is no such transfer. */
  uploaded(id: string): Promise<{ state: "done" | "failed" | "cancelled"; error: WireError | null } | null>;
  /** Is there a transfer of this id, whatever its state? */
  transferKnown(id: string): Promise<boolean>;
  /** Is there an object at this path? */
  stored(owner: CaptureOwner, path: string): Promise<boolean>;
  /** Writes the index item on condition that it is not there yet; `item-conflict` when it is. */
  putIndexItem(owner: CaptureOwner, sortKey: string, attributes: Attributes): Promise<void>;
  journal: CaptureJournal;
  fetch: typeof fetch;
  /** Calls some function of the extension API every 10 s of a long fetch, so that the background is not ended as idle. */
  touch(): void;
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface SaveImageInput {
  srcUrl: string;
  pageUrl: string;
  title: string;
}

export interface Captures {
  /**
   * Saves an image: 1 PUT and 1 PutItem, when both are answered.
   * @throws HoldallError `signed-out`, `permission-needed`, `capture-blocked`, `capture-unfetchable`, `capture-empty`,
   * `capture-not-image`, `file-too-large`, `journal-full`, `journal-damaged`, and what upload and item write throw
   */
  saveImage(input: SaveImageInput): Promise<{ path: string; sortKey: string }>;
  /** Completes captures that an end of the background cut in half; call after a start and a sign-in. */
  resume(): Promise<void>;
  /** Removes the intents of an owner, or of a whole profile when `identity` is absent. */
  forget(owner: { profile: string; identity?: string }): Promise<void>;
}

/** How a capture ended, or came to rest. */
export type CaptureOutcome =
  | { state: "saved"; row: CaptureRow }
  /** The same bytes were there already: the earlier capture. */
  | { state: "known"; row: CaptureRow }
  /** Nobody is signed in: the bytes are kept. */
  | { state: "kept" }
  /** The rule says so, as the name is taken. */
  | { state: "skipped"; path: string }
  | { state: "failed"; error: WireError; offers: CaptureOffer[] }
  | { state: "discarded" };

export interface CaptureService {
  /**
   * Journals what was clicked and goes on by itself; works signed out. Costs 1 PUT and 1 PutItem.
   * @throws HoldallError `profile-missing` when no profile is active, `journal-full`, `journal-damaged`
   */
  take(request: CaptureRequest): Promise<{ id: string }>;
  /** Resolves when the capture has ended, or rests until somebody does something; at once for one that is unknown. */
  settled(id: string): Promise<CaptureOutcome>;
  list(
    owner: CaptureOwner,
    input: { filter: CaptureFilter; cursor?: string | undefined; limit: number },
  ): Promise<{ rows: CaptureRow[]; cursor: string | null }>;
  facets(owner: CaptureOwner): Promise<CaptureFacets>;
  here(owner: CaptureOwner, url: string): Promise<CaptureRow[]>;
  get(owner: CaptureOwner, id: string): Promise<CaptureRow>;
  refresh(owner: CaptureOwner): Promise<void>;
  /** `owner` is null while nobody is signed in: then only what is under way can be found. */
  annotate(owner: CaptureOwner | null, id: string, words: { tags: string[]; note: string }): Promise<void>;
  move(owner: CaptureOwner, id: string, path: string): Promise<CaptureRow>;
  remove(owner: CaptureOwner, id: string): Promise<{ undo: string | null }>;
  restore(owner: CaptureOwner, undo: string): Promise<void>;
  thumbnail(owner: CaptureOwner, id: string): Promise<Blob | null>;
  read(owner: CaptureOwner, id: string): Promise<Blob>;
  discard(ids: string[]): Promise<void>;
  retry(ids: string[], allowAddress: boolean): Promise<void>;
  saveLink(id: string): Promise<void>;
  claim(owner: CaptureOwner, take: boolean): Promise<void>;
  settings(profile: string): Promise<CaptureSettings>;
  /** @throws HoldallError `capture-template` */
  configure(profile: string, settings: CaptureSettings): Promise<void>;
  /** Calls `changed` with what is under way: after the shown owner changed. */
  publish(): Promise<void>;
  /** Goes on with everything that can: after a start, a sign-in, when the network is back, and by alarm. */
  resume(): Promise<void>;
  /** True while something is under way or waits for what may come by itself. */
  busy(): boolean;
  /** Remembers who is signed in, goes on with what was kept for them, and brings their mirror up to date. */
  signedIn(owner: CaptureOwner): Promise<void>;
  /** Takes away the mirror; what is kept stays for the same person. */
  signedOut(profile: string): Promise<void>;
  /** Removes everything of an owner, or of a whole profile when `identity` is absent. */
  forget(owner: { profile: string; identity?: string }): Promise<void>;
}
