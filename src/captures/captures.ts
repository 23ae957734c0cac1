/** The service's face, and what it needs from others: the composition root passes it in. */
import type { Attributes } from "../shared/attribute-value.ts";
import type { WireError } from "../shared/result.ts";
import type { CaptureJournal } from "./capture-journal.ts";

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
