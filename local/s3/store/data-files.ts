import { randomBytes } from "node:crypto";
import { createReadStream, mkdirSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { PackFile } from "./pack-file.ts";
import type { Segment } from "./records.ts";

const READ_SIZE = 1 << 20;
/** Bytes after which a new pack is begun. */
const PACK_SIZE = 64 << 20;

/**
 * The files that hold the bytes. A file is written once and never changed; several versions, parts and readers may use it,
 * and it is removed when the last of them lets go. What a kill leaves behind unused is swept at the next start, and so are
 * packs: while the process lives, the bytes of a removed small body stay in theirs.
 */
export class DataFiles {
  readonly #users = new Map<string, number>();
  /** Until the journal is read to its end, a file without users may still find one in a later line. */
  #swept = false;

  /** Up to 256 folders, made as they are needed, so that 100,000 objects do not lie in one. */
  readonly #folders = new Set<string>();

  #pack: { file: string; content: PackFile } | null = null;

  private constructor(
    readonly root: string,
    /** Bytes up to which a body goes into a pack. */
    readonly smallSize: number,
  ) {}

  static async open(root: string, smallSize: number): Promise<DataFiles> {
    await mkdir(root, { recursive: true });
    return new DataFiles(root, smallSize);
  }

  async create(): Promise<{ file: string; handle: FileHandle }> {
    const { file, path } = this.#newFile();
    return { file, handle: await open(path, "wx") };
  }

  /** Writes a small body into a pack; it is there when this returns. */
  pack(chunks: readonly Uint8Array[], size: number): Segment {
    if (this.#pack === null || this.#pack.content.size + size > PACK_SIZE) this.#beginPack();
    if (this.#pack === null) throw new Error("There is a pack once it was begun.");
    const { file, content } = this.#pack;
    return { file, start: content.append(chunks, size), size };
  }

  #beginPack(): void {
    this.close();
    const { file, path } = this.#newFile();
    this.#pack = { file, content: new PackFile(path) };
    // Held for good: between a body's bytes and its commit nobody else does.
    this.#users.set(file, 1);
  }

  close(): void {
    this.#pack?.content.close();
    this.#pack = null;
  }

  #newFile(): { file: string; path: string } {
    const file = randomBytes(16).toString("hex");
    const path = this.path(file);
    const folder = dirname(path);
    if (!this.#folders.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.#folders.add(folder);
    }
    return { file, path };
  }

  /** Removes files that were created but are not going to be committed; bytes in a pack stay. */
  async discard(segments: readonly Segment[]): Promise<void> {
    for (const { file } of segments) {
      if (!this.#users.has(file)) await unlink(this.path(file)).catch(() => {});
    }
  }

  retain(segments: readonly Segment[]): void {
    for (const { file } of segments) this.#users.set(file, (this.#users.get(file) ?? 0) + 1);
  }

  release(segments: readonly Segment[]): void {
    for (const { file } of segments) {
      const users = (this.#users.get(file) ?? 0) - 1;
      if (users > 0) {
        this.#users.set(file, users);
      } else {
        this.#users.delete(file);
        // Should it fail, the sweep at the next start finds the file again.
        if (this.#swept) void unlink(this.path(file)).catch(() => {});
      }
    }
  }

  /** The bytes `start` … `end` (inclusive) of the concatenated segments. The files stay until the stream is closed. */
  read(segments: readonly Segment[], start: number, end: number): Readable {
    const wanted = cut(segments, start, end);
    this.retain(wanted);
    const stream = Readable.from(this.#chunks(wanted), { objectMode: false, highWaterMark: READ_SIZE });
    stream.once("close", () => this.release(wanted));
    return stream;
  }

  /** Removes every file that nobody uses; once, after the journal was read and before the first request. */
  async sweep(): Promise<void> {
    for (const folder of await readdir(this.root)) {
      for (const file of await readdir(join(this.root, folder))) {
        if (!this.#users.has(file)) await unlink(this.path(file));
      }
    }
    this.#swept = true;
  }

  path(file: string): string {
    return join(this.root, file.slice(0, 2), file);
  }

  async *#chunks(segments: readonly Segment[]): AsyncGenerator<Buffer> {
    for (const { file, start, size } of segments) {
      yield* createReadStream(this.path(file), { start, end: start + size - 1, highWaterMark: READ_SIZE });
    }
  }
}

/** The segments that make up bytes `start` … `end` (inclusive) of `segments`. */
export function cut(segments: readonly Segment[], start: number, end: number): Segment[] {
  const result: Segment[] = [];
  let offset = 0;
  for (const segment of segments) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end + 1 - offset, segment.size);
    if (from < to) result.push({ file: segment.file, start: segment.start + from, size: to - from });
    offset += segment.size;
  }
  return result;
}
