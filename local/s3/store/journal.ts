import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, truncate } from "node:fs/promises";

const NEWLINE = 0x0a;

/**
 * An append-only file of JSON lines. A line that was written to its end counts; a torn last line, left by a kill or a
 * full disk, is cut off when the file is opened again. A write is acknowledged after the operating system has it: that
 * survives the death of the process at any moment, though not of the machine, which a stand-in for development need not.
 */
export class Journal<Line> {
  #waiting: { text: string; done: () => void; failed: (error: unknown) => void }[] = [];
  #writing: Promise<void> | null = null;

  private constructor(
    readonly path: string,
    readonly handle: FileHandle,
    private size: number,
  ) {}

  /**
   * Opens or creates the journal and hands every whole line to `replay`, in order.
   *
   * @throws Error when a line before the last one cannot be read: that is damage, not a torn write.
   */
  static async open<Line>(path: string, replay: (line: Line) => void): Promise<Journal<Line>> {
    const handle = await open(path, "a");
    try {
      const size = await readLines(path, replay);
      await truncate(path, size);
      return new Journal<Line>(path, handle, size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Writes a new file of `lines` and puts it in the place of `path` in one step. */
  static async rewrite<Line>(path: string, lines: Iterable<Line>): Promise<void> {
    const handle = await open(`${path}.new`, "w");
    try {
      let batch = "";
      for (const line of lines) {
        batch += `${JSON.stringify(line)}\n`;
        if (batch.length > 1 << 20) {
          await handle.writeFile(batch);
          batch = "";
        }
      }
      await handle.writeFile(batch);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${path}.new`, path);
  }

  /** Resolves when the line is in the file. Lines that wait at the same time go out in one write, in order. */
  append(line: Line): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    return new Promise((done, failed) => {
      this.#waiting.push({ text, done, failed });
      this.#writing ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.handle.close();
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const bytes = Buffer.from(batch.map((entry) => entry.text).join(""));
        await this.handle.writeFile(bytes);
        this.size += bytes.length;
        for (const entry of batch) entry.done();
      } catch (error) {
        // Half a line must not stay before the next one.
        await this.handle.truncate(this.size).catch(() => {});
        for (const entry of batch) entry.failed(error);
      }
    }
    this.#writing = null;
  }
}

async function readLines<Line>(path: string, replay: (line: Line) => void): Promise<number> {
  let rest: Buffer = Buffer.alloc(0);
  let whole = 0;
  let number = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const text: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (let end = text.indexOf(NEWLINE, from); end !== -1; end = text.indexOf(NEWLINE, from)) {
      number++;
      replay(parseLine<Line>(text.toString("utf8", from, end), path, number));
      whole += end + 1 - from;
      from = end + 1;
    }
    rest = text.subarray(from);
  }
  return whole;
}

function parseLine<Line>(text: string, path: string, number: number): Line {
  try {
    return JSON.parse(text) as Line;
  } catch (cause) {
    throw new Error(`The journal ${path} is damaged at line ${number}. Start with a fresh data folder.`, { cause });
  }
}
