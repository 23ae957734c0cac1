import { readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Milliseconds that changes are gathered before they are written. */
const GATHER_MS = 50;

/**
 * A JSON value that outlives the process: read once, changed in memory, written whole by write-and-rename, so that a kill
 * leaves the old or the new state and never half of one.
 */
export class JsonFile<T> {
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    readonly value: T,
  ) {}

  /**
   * Opens `path`; `initial` when there is no file. A damaged file is an error, not an empty state.
   *
   * @throws {Error} when the file holds no JSON
   */
  static async open<T>(path: string, initial: () => T | Promise<T>): Promise<JsonFile<T>> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const text = readIfThere(path);
    if (text !== null) return new JsonFile(path, JSON.parse(text) as T);
    const file = new JsonFile(path, await initial());
    await file.flush();
    return file;
  }

  /** Says that `value` was changed; it is written soon. */
  changed(): void {
    this.#timer ??= setTimeout(() => void this.flush().catch(reportLoss), GATHER_MS);
  }

  /** Writes `value` now; one write at a time. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const write = () => this.#write();
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }

  async #write(): Promise<void> {
    const next = `${this.path}.next`;
    await writeFile(next, JSON.stringify(this.value), { mode: 0o600 });
    await rename(next, this.path);
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function reportLoss(error: unknown): void {
  process.stderr.write(`The local AWS could not write its state: ${String(error)}\n`);
}
