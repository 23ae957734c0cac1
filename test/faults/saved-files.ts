import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { memberNames } from "../../src/transfers/download/zip/member-names.ts";
import { readZip } from "../support/read-zip.ts";
import { expectedSums, sumsOf } from "./bytes.ts";
import type { FaultRun } from "./fault-run.ts";
import type { StoredFile } from "./plan.ts";
import type { Tracked } from "./tracked.ts";

/** Browsers write under another name first. */
const unfinished = /^\.|\.(crdownload|part|tmp)$/;

type SavedWish = Exclude<Tracked["wish"], { kind: "upload" }>;

/** Whether the folder of downloads has the file, or a zip with exactly these entries, byte for byte. */
export async function savedIsThere(run: FaultRun, wish: SavedWish): Promise<boolean> {
  const { downloadDir } = run.stage;
  const names = (await readdir(downloadDir)).filter((name) => !unfinished.test(name) && !run.downloadsBefore.has(name));
  if (wish.kind === "save") {
    const stem = basename(wish.file.path, ".bin");
    for (const name of names.filter((candidate) => candidate.startsWith(stem))) {
      const bytes = await readFile(join(downloadDir, name));
      if (bytes.length === wish.file.size && sumsOf(bytes).sha256 === expectedSums(wish.file).sha256) return true;
    }
    return false;
  }
  for (const name of names.filter((candidate) => candidate.endsWith(".zip"))) {
    if (holdsExactly(await readFile(join(downloadDir, name)), wish.files, wish.prefix)) return true;
  }
  return false;
}

function holdsExactly(zip: Buffer, files: StoredFile[], prefix: string): boolean {
  try {
    const entries = readZip(zip);
    // As file systems can write them.
    const names = memberNames(files.map(({ path }) => path.slice(prefix.length)));
    const isEntry = (file: StoredFile, index: number) => {
      const bytes = entries.get(names[index] ?? "");
      return bytes !== undefined && sumsOf(bytes).sha256 === expectedSums(file).sha256;
    };
    return entries.size === files.length && files.every(isEntry);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
