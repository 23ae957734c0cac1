/**
 * Between the background, which signs, and the transfer host, which moves bytes. The host signs nothing and keeps nothing:
 * it gets one signed request at a time and answers what it saw. `HostLink` is what the background calls; `createHost`
 * (src/transfer-host/) implements it, in the same page in Firefox, behind a port in Chromium (`port-link.ts`).
 */

/** A request signed in its headers: the URL holds no secret and may be written down. */
export interface SignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** What a server answered. Header names in lower case. */
export interface HostAnswer {
  status: number;
  headers: Record<string, string>;
  /** At most 64 KB; empty for a GET that succeeded. */
  bodyText: string;
}

export interface Digest {
  /** Bytes. */
  size: number;
  /** CRC-32 as S3 writes it: base64 of four big-endian bytes. */
  crc32: string;
}

/** The bytes of a GET that succeeded, as the host received them. */
export interface Fetched extends Digest {
  /** `blob:` URL, valid until it is released or the host ends. */
  url: string;
}

export interface Watch {
  /** Aborting it ends the request; the call then rejects with a HostFailure `cancelled`. */
  signal: AbortSignal;
  /** Bytes moved so far; `total` in bytes, null when the server did not say. Not throttled. */
  progress?(moved: number, total: number | null): void;
}

/** All calls reject with HostFailure. */
export interface HostLink {
  /** Reads the journalled bytes of a transfer once. */
  digest(transferId: string, watch: Watch): Promise<Digest>;
  /** Sends the journalled bytes of a transfer. Any HTTP status is an answer, not a failure. */
  put(transferId: string, request: SignedRequest, watch: Watch): Promise<HostAnswer>;
  /** `fetched` is null when the status is not 2xx. */
  get(request: SignedRequest, watch: Watch): Promise<{ answer: HostAnswer; fetched: Fetched | null }>;
  /** Frees a `blob:` URL; an unknown one is ignored. */
  release(url: string): void;
}

/**
 * `network`: no answer, or it broke off. `stalled`: no byte moved for 30 s. `cancelled`: the signal. `source`: the journal
 * does not hold the bytes or they cannot be read. `host-lost`: the host ended, what it did is unknown.
 */
export type HostFailureKind = "network" | "stalled" | "cancelled" | "source" | "host-lost";

export class HostFailure extends Error {
  override name = "HostFailure";
  constructor(
    readonly kind: HostFailureKind,
    options?: { cause?: unknown },
  ) {
    super(`transfer host: ${kind}`, options);
  }
}

/** Name of the port that the offscreen document opens to the background. */
export const hostPortName = "transfer-host";

/** Background → host. `job` is unique in the life of a port. */
export type ToHost =
  | { type: "digest"; job: string; transferId: string }
  | { type: "put"; job: string; transferId: string; request: SignedRequest }
  | { type: "get"; job: string; request: SignedRequest }
  | { type: "cancel"; job: string }
  | { type: "release"; url: string };

export type HostResult = Digest | HostAnswer | { answer: HostAnswer; fetched: Fetched | null };

/** Host → background. `alive` comes every 10 s while bytes move or a `blob:` URL is held: it resets the worker's idle clock. */
export type FromHost =
  | { type: "progress"; job: string; moved: number; total: number | null }
  | { type: "alive" }
  | { type: "done"; job: string; result: HostResult }
  | { type: "failed"; job: string; kind: HostFailureKind };
