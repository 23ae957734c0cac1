/** What a site's requests work on: the part of the person's storage that was granted. The composition root makes it. */
import type { Attributes } from "../shared/attribute-value.ts";

export interface SiteItem {
  sortKey: string;
  attributes: Attributes;
}

export interface SiteFileRow {
  path: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  etag: string;
}

export interface SiteFileHead extends SiteFileRow {
  contentType: string;
  /** Null without versions. */
  versionId: string | null;
}

/** What has to be there for a write to happen: a version, null for nothing, undefined for whatever there is. */
export type Match = string | null | undefined;

export interface ItemWritten {
  /** "unknown": the answer that told it was lost. */
  before: Attributes | null | "unknown";
  after: Attributes | null;
}

/** Paths are the site's own. All reject with HoldallErrors; credentials of the site alone where the profile allows it. */
export interface SiteStorage {
  items: {
    read(sortKey: string): Promise<SiteItem | null>;
    put(sortKey: string, attributes: Attributes, match: Match): Promise<ItemWritten>;
    update(sortKey: string, change: { set: Attributes; remove: string[] }, match: Match): Promise<ItemWritten>;
    delete(sortKey: string, match: string | undefined): Promise<ItemWritten>;
    /** Without Holdall's own items, of which the cursor tells nothing either. */
    list(input: {
      prefix?: string | undefined;
      limit?: number | undefined;
      cursor?: string | undefined;
      descending?: boolean | undefined;
    }): Promise<{ items: SiteItem[]; cursor: string | null }>;
    /** The version of an item, for `match`. */
    versionOf(attributes: Attributes): string;
  };
  files: {
    list(input: {
      prefix: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      flat: boolean;
    }): Promise<{ files: SiteFileRow[]; folders: string[]; cursor: string | null }>;
    /** @throws HoldallError `file-missing` */
    head(path: string): Promise<SiteFileHead>;
    /** Sends and verifies. `begun`: bytes go out from now on. `versionId`: of what is there now, null without versions. */
    put(
      input: { path: string; body: Blob; type: string; match: Match; begun: () => void },
      signal: AbortSignal,
    ): Promise<{ etag: string; versionId: string | null }>;
    delete(path: string, etag: string | null): Promise<{ deleteMarker: string | null }>;
    /** Bytes from `start` to before `end` of the object that has this ETag. */
    piece(input: { path: string; etag: string; start: number; end: number }, signal: AbortSignal): Promise<Blob>;
  };
}
