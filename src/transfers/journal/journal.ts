/**
 * The journal's face: what the person wants moved, kept on disk before the first request, with the bytes. `createJournal`
 * (create-journal.ts) keeps it in IndexedDB, which both the background and the transfer host open.
 *
 * | store      | key                | value                                                                       |
 * |------------|--------------------|-----------------------------------------------------------------------------|
 * | `records`  | id                 | TransferRecord                                                              |
 * | `segments` | [id, index]        | the bytes: a Blob, or an ArrayBuffer of at most `inlineSize` (much faster)   |
 * | `parts`    | [id, number]       | Digest of an upload's part (from 1), or of a download's segment (from 0)     |
 * | `entries`  | id                 | ArchiveEntry[] of an archive                                                |
 * | `uploads`  | uploadId           | OpenUpload & { uploadId }: multipart uploads that S3 may still hold          |
 * | `known`    | [profile, identity, fingerprint] | { path, etag, at }: where bytes went, to not send them twice   |
 */
import type { Digest, OpenUpload } from "../host/host-link.ts";
import type { ArchiveEntry, Owner, TransferRecord } from "../record.ts";

/** Bytes up to which a segment is kept as an ArrayBuffer. */
export const inlineSize = 1024 ** 2;

export interface KnownUpload extends OpenUpload {
  uploadId: string;
}

/** Where bytes of a fingerprint lie. */
export interface KnownBytes {
  path: string;
  etag: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** All calls reject with `journal-full` or `journal-damaged`: a failed read is never "nothing there". */
export interface Journal {
  /** Every record, oldest first. A record that cannot be understood is left out and stays on disk. */
  list(): Promise<TransferRecord[]>;
  /** Writes new records in one transaction, on disk when it resolves. */
  add(records: TransferRecord[], entries?: ArchiveEntry[]): Promise<void>;
  /** Writes changed records in one transaction. */
  update(records: TransferRecord[]): Promise<void>;
  /** Writes records whose bytes are not needed any more, and removes those with their parts and entries. */
  end(records: TransferRecord[]): Promise<void>;
  /** Removes records with all that belongs to them, but not their rows in `uploads`: S3 may still hold those. */
  remove(ids: string[]): Promise<void>;

  segment(id: string, index: number): Promise<Blob | undefined>;
  /** Writes a segment, with its digest as part `index` when `digest` is given, in one transaction. */
  putSegment(id: string, index: number, bytes: Blob | ArrayBuffer, digest?: Digest): Promise<void>;
  /** A digest that cannot be understood is none: the bytes are read again. */
  parts(id: string): Promise<Map<number, Digest>>;
  putPart(id: string, number: number, digest: Digest): Promise<void>;
  /** Forgets the bytes and parts of a transfer, which begins anew. */
  dropBytes(id: string): Promise<void>;
  entries(id: string): Promise<ArchiveEntry[]>;

  /** One that cannot be understood is left out and stays on disk. */
  uploads(): Promise<KnownUpload[]>;
  /** On disk when it resolves. */
  noteUpload(upload: KnownUpload): Promise<void>;
  forgetUpload(uploadId: string): Promise<void>;

  known(owner: Owner, fingerprint: string): Promise<KnownBytes | undefined>;
  noteKnown(owner: Owner, fingerprint: string, bytes: KnownBytes): Promise<void>;
  forgetKnown(owner: { profile: string; identity?: string }): Promise<void>;
}
