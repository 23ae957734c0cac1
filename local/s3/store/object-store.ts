import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DataFiles } from "./data-files.ts";
import { Journal } from "./journal.ts";
import { KeyLocks } from "./key-locks.ts";
import { ObjectIndex } from "./object-index.ts";
import type { JournalRecord, ObjectVersion, Segment, Upload, Version } from "./records.ts";

/** Below this many superseded lines, rewriting the journal at start is not worth it. */
const COMPACT_ABOVE = 1000;

/**
 * Everything the local S3 keeps. A change is in the journal before it is visible, and its bytes are in their file before
 * it is in the journal, so a kill at any moment leaves either all of a change or nothing of it.
 */
export class ObjectStore {
  readonly index = new ObjectIndex();
  readonly uploads = new Map<string, Upload>();
  /** Upload id → the version it became. */
  readonly completed = new Map<string, { key: string; versionId: string }>();
  /** One writer per key at a time, from the check of its conditions to the commit; `uploadLocks` come first. */
  readonly keyLocks = new KeyLocks();
  readonly uploadLocks = new KeyLocks();
  #journal: Journal<JournalRecord> | null = null;

  private constructor(readonly files: DataFiles) {}

  /**
   * Opens the store in `folder`, which is created when it is missing.
   *
   * @param smallSize bytes up to which bodies share files
   */
  static async open(folder: string, smallSize: number): Promise<ObjectStore> {
    await mkdir(folder, { recursive: true });
    const store = new ObjectStore(await DataFiles.open(join(folder, "data"), smallSize));
    const path = join(folder, "journal.jsonl");
    let lines = 0;
    const replay = (record: JournalRecord) => {
      lines++;
      store.#apply(record);
    };
    store.#journal = await Journal.open(path, replay);
    store.index.finishLoading();
    const live = [...store.#records()];
    if (lines - live.length > Math.max(COMPACT_ABOVE, live.length)) {
      await store.#journal.close();
      await Journal.rewrite(path, live);
      store.#journal = await Journal.open<JournalRecord>(path, () => {});
    }
    await store.files.sweep();
    return store;
  }

  /** Makes a change durable, then visible. Callers hold the lock of the key or upload. */
  async commit(record: JournalRecord): Promise<void> {
    if (this.#journal === null) throw new Error("The store is closed");
    await this.#journal.append(record);
    this.#apply(record);
  }

  /** The newest version of a key, which may be a delete marker. */
  latest(key: string): Version | undefined {
    return this.index.get(key)?.versions[0];
  }

  version(key: string, versionId: string): Version | undefined {
    return this.index.get(key)?.versions.find((version) => version.versionId === versionId);
  }

  /** What a plain GET of the key would find. */
  current(key: string): ObjectVersion | undefined {
    const latest = this.latest(key);
    return latest?.kind === "object" ? latest : undefined;
  }

  async close(): Promise<void> {
    const journal = this.#journal;
    this.#journal = null;
    await journal?.close();
    this.files.close();
  }

  #apply(record: JournalRecord): void {
    switch (record.op) {
      case "version":
        this.#addVersion(record.version);
        return;
      case "remove":
        this.#removeVersion(record.key, record.versionId);
        return;
      case "tags": {
        const version = this.version(record.key, record.versionId);
        if (version?.kind === "object") version.tags = record.tags;
        return;
      }
      case "upload":
        this.uploads.set(record.upload.uploadId, { ...record.upload, parts: new Map(), answered: null });
        return;
      case "part": {
        const parts = this.uploads.get(record.uploadId)?.parts;
        if (parts === undefined) return;
        this.files.retain(record.part.segments);
        this.files.release(parts.get(record.part.number)?.segments ?? []);
        parts.set(record.part.number, record.part);
        return;
      }
      case "abort":
        this.#dropUpload(record.uploadId);
    }
  }

  #addVersion(version: Version): void {
    const history = this.index.getOrCreate(version.key);
    history.versions.unshift(version);
    if (version.kind === "marker") {
      history.deletions++;
      return;
    }
    this.files.retain(version.segments);
    if (version.uploadId === null) return;
    this.#dropUpload(version.uploadId);
    this.completed.set(version.uploadId, { key: version.key, versionId: version.versionId });
  }

  #removeVersion(key: string, versionId: string): void {
    const history = this.index.get(key);
    const version = history?.versions.find((candidate) => candidate.versionId === versionId);
    if (history === undefined || version === undefined) return;
    history.versions = history.versions.filter((candidate) => candidate !== version);
    history.deletions++;
    this.index.dropIfEmpty(history);
    if (version.kind === "marker") return;
    this.files.release(version.segments);
    if (version.uploadId !== null) this.completed.delete(version.uploadId);
  }

  #dropUpload(uploadId: string): void {
    const upload = this.uploads.get(uploadId);
    this.uploads.delete(uploadId);
    const segments: Segment[] = [];
    for (const part of upload?.parts.values() ?? []) segments.push(...part.segments);
    this.files.release(segments);
  }

  /** The shortest history that ends in the present state. */
  *#records(): Generator<JournalRecord> {
    for (const { versions } of this.index.histories()) {
      for (const version of versions.toReversed()) yield { op: "version", version };
    }
    for (const { parts, answered: _, ...upload } of this.uploads.values()) {
      yield { op: "upload", upload };
      for (const part of parts.values()) yield { op: "part", uploadId: upload.uploadId, part };
    }
  }
}
