/** What a connected page may ask and gets. The same as docs/sites/reference.md, in types. */

/** `write` includes reading and deleting. */
export type Access = "none" | "read" | "write";

export interface ConnectOptions {
  files?: Access;
  items?: Access;
  /** A folder of the person's, such as `photos/`; null or absent for the site's own area. The person chooses. */
  folder?: string | null;
  /** The person's own items, all of them, in place of a partition of the site's own. */
  ownItems?: boolean;
  /** Why, in your own words, at most 300 characters. */
  reason?: string | null;
}

export interface Permissions {
  /** Stands for the person at your site: the same on every device, another at every other site. It says nothing about them. */
  person: string;
  files: Access;
  items: Access;
  /** False: a folder of the person's, within which the site's paths are; or all of the person's items. Which folder is not told. */
  ownArea: { files: boolean; items: boolean };
  /** Milliseconds since the epoch; null without an end. */
  until: number | null;
  limits: {
    requestsPerMinute: number;
    /** Bytes sent and fetched. */
    bytesPerDay: number;
  };
}

/** A number that JavaScript cannot hold exactly and that is not whole. */
export interface ExactNumber {
  $number: string;
}

/** What an item can hold. Numbers are finite; a set holds texts, numbers or bytes, one kind and at least one. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | Set<string | number | bigint | Uint8Array>
  | ExactNumber
  | Value[]
  | { [name: string]: Value };

export type Attributes = Record<string, Value>;

export interface Item<V = Attributes> {
  key: string;
  value: V;
  /** For `ifMatch`. */
  version: string;
}

export interface FileInfo {
  path: string;
  /** Bytes. */
  size: number;
  /** Media type. */
  type: string;
  /** For `ifMatch`. */
  version: string;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
}

/** Of a list: media types are not known there. */
export type ListedFile = Omit<FileInfo, "type">;

/** A file and its bytes, or a range of them: take one of the three, once. */
export interface FileBytes extends FileInfo {
  /** Bytes that follow: of a range, its length. */
  size: number;
  /** Pieces are fetched as they are read. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** May be larger than memory. */
  blob(): Promise<Blob>;
  /** As UTF-8. */
  text(): Promise<string>;
}

/** A stream is read to its end before anything is sent, since S3 wants to know the size first. */
export type Body = Blob | ArrayBuffer | ArrayBufferView | string | ReadableStream<Uint8Array>;

export type BatchOperation<V = Attributes> =
  | { get: { key: string } }
  | { put: PutItem<V> }
  | { delete: { key: string; ifMatch?: string } };

/** In the place of its operation: what `items.get`, `items.put` or `items.delete` would have answered. */
export type BatchAnswer<V = Attributes> =
  | { ok: true; value: Item<V> | { version: string } | null }
  | { ok: false; error: { code: ErrorCode; message: string; detail?: string; retryAfter?: number } };

interface PutItem<V> {
  key: string;
  value: V;
  /** The version that was read, or null: only if there is none yet. */
  ifMatch?: string | null;
}

/** Parameters and answer of every method. */
export interface Methods<V = Attributes> {
  connect: [ConnectOptions, Permissions];
  permissions: [Record<string, never>, Permissions];
  "items.get": [{ key: string }, Item<V> | null];
  "items.put": [PutItem<V>, { version: string }];
  "items.update": [{ key: string; set?: Partial<V>; remove?: string[]; ifMatch?: string | null }, Item<V>];
  "items.delete": [{ key: string; ifMatch?: string }, null];
  "items.query": [
    { prefix?: string; limit?: number; descending?: boolean; cursor?: string },
    { items: Item<V>[]; cursor: string | null },
  ];
  "items.batch": [{ operations: BatchOperation<V>[] }, BatchAnswer<V>[]];
  "files.get": [{ path: string; start?: number; end?: number; ifMatch?: string }, FileBytes];
  "files.put": [{ path: string; body: Body; type?: string; ifMatch?: string | null }, FileInfo];
  "files.delete": [{ path: string; ifMatch?: string }, null];
  "files.list": [
    { prefix?: string; limit?: number; cursor?: string; folders?: boolean },
    { files: ListedFile[]; folders: string[]; cursor: string | null },
  ];
  "files.head": [{ path: string }, FileInfo | null];
}

export interface Events {
  /** Another tab of the site, or the person in Holdall, wrote. Changes on other devices are not told. */
  change: { name: "change"; items: string[]; files: string[] };
  /** The person ended or paused the connection, or signed out. */
  disconnect: { name: "disconnect"; reason: "revoked" | "paused" | "signed-out" };
  /** The time that the person gave is over. */
  expired: { name: "expired" };
}

export type ErrorCode =
  | "not-connected"
  | "refused"
  | "invalid"
  | "over-limit"
  | "too-large"
  | "conflict"
  | "not-found"
  | "signed-out"
  | "unavailable"
  | "cancelled";

/** What Holdall announces by the event `holdall:announce`, as `detail`. */
export interface Provider {
  readonly version: number;
  request(input: { method: string; params?: unknown; signal?: AbortSignal }): Promise<unknown>;
  /** @returns what ends it */
  on<N extends keyof Events>(name: N, listener: (event: Events[N]) => void): () => void;
}
