/**
 * Between the background, which decides and signs, and the transfer host, which moves bytes. The host signs nothing: it gets
 * one signed request at a time and answers what it saw. `HostLink` is what the background calls; `createHost`
 * (src/transfer-host/) implements it, in the same page in Firefox, behind a port in Chromium (`port-link.ts`).
 *
 * Bytes lie in the journal as *segments*: what was copied from a source, or fetched from S3, in pieces that are each written
 * in one transaction. A *part* is what one request carries; a part of an upload lies within one segment.
 */
import { isMarked } from "../../shared/is-marked.ts";

/** A request signed in its headers: the URL holds no secret and may be written down. */
export interface SignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Only of requests that carry a document, such as CompleteMultipartUpload. */
  body?: string;
}

/** What a server answered. Header names in lower case. */
export interface HostAnswer {
  status: number;
  headers: Record<string, string>;
  /** At most 64 KB (`send`: 2 MB); empty for a GET that succeeded. */
  bodyText: string;
}

export interface Digest {
  /** Bytes. */
  size: number;
  /** CRC-32 as S3 writes it: base64 of four big-endian bytes. */
  crc32: string;
  /** SHA-256 in base64, when it was asked for. */
  sha256?: string;
}

/** A range of a transfer's bytes: `start` ≤ byte < `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Where the bytes of an upload are found. */
export interface UploadBytes {
  transferId: string;
  /** Bytes of every segment but the last. */
  segmentSize: number;
  /** True: too large for the journal, so they are read from the held source itself. */
  live: boolean;
}

/** A multipart upload that S3 knows: what is needed to go on with it, or to abort it. */
export interface OpenUpload {
  transferId: string;
  owner: { profile: string; identity: string };
  /** Inside the folder. */
  path: string;
  /** Bytes of the whole and of every part but the last. */
  size: number;
  partSize: number;
  /** Milliseconds since the epoch. */
  created: number;
}

/** A source that a page shows, and when to stop: a live stream has no end. */
export interface SourceRequest {
  url: string;
  /** `omit`: servers that let anybody read refuse it to those that come with cookies. */
  credentials: "include" | "omit";
  /** `manual`: a redirect is answered as status 0, and not followed. */
  redirect: "follow" | "manual";
  /** Bytes. */
  largest: number;
  /** Milliseconds. */
  longest: number;
}

export interface FetchedSource {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Where redirects led. */
  url: string;
  /** Null when the status is not 2xx, or when it did not end well. */
  bytes: Blob | null;
  /** `broken`: it ended before its last byte. */
  end: "whole" | "broken" | "too-large" | "endless";
}

/** A piece of a file that is composed from the journal: bytes of our own (a zip header), or a segment. */
export type Piece = { bytes: Uint8Array<ArrayBuffer> } | { segment: number };

export interface Watch {
  /** Aborting it ends the request; the call then rejects with a HostFailure `cancelled`. */
  signal: AbortSignal;
  /** Bytes moved so far; `total` in bytes, null when the server did not say. Not throttled. */
  progress?(moved: number, total: number | null): void;
}

/** All calls reject with HostFailure. */
export interface HostLink {
  /** The browser does not notice that a source changes under it: what is read from one is compared with what was sent. */
  readonly rereadSources?: boolean;
  /** Takes charge of sources until each is staged whole (`last`), dropped, or the host ends. */
  hold(sources: { transferId: string; source: Blob }[]): Promise<void>;
  /** Ids of the sources that it holds: after the background ended, a host of its own may still have them. */
  held(): Promise<string[]>;
  /** Lets go of a source. */
  drop(transferIds: string[]): Promise<void>;
  /**
   * Copies `range` of the held source into the journal as segment `index`; on disk when it resolves. `last`: the source is
   * let go of afterwards, once it is certain that it did not change meanwhile. `digest` is told when the host had the bytes
   * in its hands anyway (small segments), else null.
   * Rejects with `source` when it cannot be read or changed, `full` when there is no room.
   */
  stage(
    input: { transferId: string; index: number; range: ByteRange; last: boolean },
    watch: Watch,
  ): Promise<{ digest: Digest | null }>;
  /** Whether the held source begins with the bytes that are staged already, `size` bytes of them. */
  matches(input: { bytes: UploadBytes; size: number }, watch: Watch): Promise<boolean>;
  /** Reads a range of an upload's bytes once. */
  digest(input: { bytes: UploadBytes; range: ByteRange; sha256: boolean }, watch: Watch): Promise<Digest>;
  /** Sends a range of an upload's bytes. Any HTTP status is an answer, not a failure. */
  put(input: { bytes: UploadBytes; range: ByteRange; request: SignedRequest }, watch: Watch): Promise<HostAnswer>;
  /** Sends a request without body or with a small one, and reads its answer. */
  send(request: SignedRequest, watch: Watch): Promise<HostAnswer>;
  /**
   * Sends a CreateMultipartUpload and journals the upload id the moment it exists; `uploadId` is null when there is none.
   * `unnoted`: why the journal did not take it, so that it has to be aborted.
   */
  open(
    upload: OpenUpload,
    request: SignedRequest,
    watch: Watch,
  ): Promise<{ answer: HostAnswer; uploadId: string | null; unnoted?: HostFailureKind }>;
  /**
   * Fetches into segment `index` of a download, with its digest as part `index`; on disk when it resolves. `fetched` is null
   * when the status is not 2xx. Rejects with `full` when there is no room.
   */
  fetch(
    input: { transferId: string; index: number; request: SignedRequest },
    watch: Watch,
  ): Promise<{ answer: HostAnswer; fetched: Digest | null }>;
  /**
   * Fetches a source that is not S3's, as the browser shows it: with the cookies of its site, and following redirects. Its
   * bytes lie on disk when they are many.
   */
  take(source: SourceRequest, watch: Watch): Promise<FetchedSource>;
  /** One blob of pieces, in their order; `url` is a `blob:` URL, valid until it is released or the host ends. */
  compose(transferId: string, pieces: Piece[], watch: Watch): Promise<{ url: string; size: number }>;
  /** Frees a `blob:` URL; an unknown one is ignored. */
  release(url: string): void;
}

/**
 * `network`: no answer, or it broke off. `stalled`: no byte moved for 30 s. `cancelled`: the signal. `source`: the bytes
 * cannot be read, or changed while they were. `full`: the journal has no room. `host-lost`: the host ended, what it did is
 * unknown.
 */
export type HostFailureKind = "network" | "stalled" | "cancelled" | "source" | "full" | "host-lost";

const mark: unique symbol = Symbol.for("holdall.host-failure") as never;

export class HostFailure extends Error {
  override name = "HostFailure";
  readonly [mark] = true;
  constructor(
    readonly kind: HostFailureKind,
    options?: { cause?: unknown },
  ) {
    super(`transfer host: ${kind}`, options);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(value, mark);
  }
}

/** Name of the port that the offscreen document opens to the background. */
export const hostPortName = "transfer-host";

type Fn = (...input: never[]) => Promise<unknown>;
/** The calls of HostLink that are answered. */
export type HostCall = { [Name in keyof HostLink]-?: HostLink[Name] extends Fn ? Name : never }[keyof HostLink];

/** Background → host. `job` is unique in the life of a port; `input` are the call's arguments without the watch. */
export type ToHost =
  | { type: "call"; job: string; call: HostCall; input: unknown[] }
  | { type: "cancel"; job: string }
  | { type: "release"; url: string };

/**
 * Host → background. `alive` comes every 10 s while bytes move, or a source or a `blob:` URL is held: it resets the worker's
 * idle clock.
 */
export type FromHost =
  | { type: "progress"; job: string; moved: number; total: number | null }
  | { type: "alive" }
  | { type: "done"; job: string; result: unknown }
  | { type: "failed"; job: string; kind: HostFailureKind };
