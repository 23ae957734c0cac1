/** What the local S3 knows, in the form in which the journal holds it. */
import type { ChecksumAlgorithm, ChecksumType } from "../checksums/algorithms.ts";

/** Bytes `start` … `start + size - 1` of a data file. Copies share files; a multipart object is the list of its parts. */
export interface Segment {
  file: string;
  start: number;
  size: number;
}

export interface Checksum {
  algorithm: ChecksumAlgorithm;
  type: ChecksumType;
  /** Base64; a composite one ends in `-<parts>`. */
  value: string;
}

export interface Tag {
  key: string;
  value: string;
}

/** What a writer may say about an object besides its bytes. Header names are in lower case. */
export interface ObjectAttributes {
  /** `content-type`, `content-disposition`, `content-encoding`, `content-language`, `cache-control`, `expires`. */
  headers: Record<string, string>;
  /** Names without `x-amz-meta-`. */
  metadata: Record<string, string>;
  tags: Tag[];
  storageClass: string;
  /** `x-amz-server-side-encryption…` as asked for; it is only echoed. */
  encryption: Record<string, string>;
}

export interface PartSummary {
  number: number;
  size: number;
  /** Base64, of the upload's algorithm. */
  checksum: string | null;
}

export interface ObjectVersion extends ObjectAttributes {
  kind: "object";
  key: string;
  versionId: string;
  /** Milliseconds since 1970; S3 shows whole seconds. */
  modified: number;
  size: number;
  /** Without quotes. */
  etag: string;
  segments: Segment[];
  checksum: Checksum | null;
  /** Null unless the object was written by a multipart upload. */
  parts: PartSummary[] | null;
  /** The upload that ended in this version, so that a repeated completion finds its answer. */
  uploadId: string | null;
}

export interface DeleteMarker {
  kind: "marker";
  key: string;
  versionId: string;
  modified: number;
}

export type Version = ObjectVersion | DeleteMarker;

export interface Part {
  number: number;
  size: number;
  etag: string;
  modified: number;
  segments: Segment[];
  checksum: string | null;
}

export interface UploadHeader extends ObjectAttributes {
  uploadId: string;
  key: string;
  initiated: number;
  /** ARN of who began it. */
  initiator: string;
  checksum: { algorithm: ChecksumAlgorithm; type: ChecksumType } | null;
}

export interface Upload extends UploadHeader {
  parts: Map<number, Part>;
  /** Whether its id reached who began it; null of uploads that were begun before the last start. */
  answered: boolean | null;
}

/** One line of the journal: one change, whole or not at all. */
export type JournalRecord =
  | { op: "version"; version: Version }
  | { op: "remove"; key: string; versionId: string }
  | { op: "tags"; key: string; versionId: string; tags: Tag[] }
  | { op: "upload"; upload: UploadHeader }
  | { op: "part"; uploadId: string; part: Part }
  | { op: "abort"; uploadId: string };
