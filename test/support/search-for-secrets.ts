import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { decompressed } from "./decompressed.ts";

export interface FoundSecret {
  /** The name under which the secret was given. */
  secret: string;
  /** Path within the folder. */
  file: string;
  /** In which spelling, for example `utf16`. */
  spelling: string;
}

/** Bytes. Nothing in a test's profile is larger; a larger file would be an error, not a reason to look away. */
const LARGEST_FILE = 1_000_000_000;

/** Compressed databases keep a random text in one or two pieces: its end is looked for too. Shorter would be found by chance. */
const TAIL_LENGTH = 16;

/**
 * Looks through every file of a folder for secrets: as UTF-8, UTF-16, percent-encoded, in base64, within gzip streams and Firefox's
 * lz4 files; and for the last 16 characters of each, since LevelDB's and IndexedDB's compression breaks texts up.
 *
 * @param folder for example a browser's profile, after the browser was closed
 * @param secrets by name; each at least 16 characters, the last 16 not guessable
 */
export async function searchForSecrets(folder: string, secrets: Record<string, string>): Promise<FoundSecret[]> {
  const patterns = Object.entries(secrets).flatMap(([secret, text]) => spellings(secret, text));
  const found: FoundSecret[] = [];
  for (const path of await filesIn(folder)) {
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return Buffer.alloc(0); // a lock that went away with the browser
      throw error;
    });
    for (const content of [bytes, ...decompressed(bytes)]) {
      for (const { secret, spelling, pattern } of patterns) {
        if (content.includes(pattern)) found.push({ secret, file: relative(folder, path), spelling });
      }
    }
  }
  return found;
}

function spellings(secret: string, text: string): { secret: string; spelling: string; pattern: Buffer }[] {
  if (text.length < TAIL_LENGTH) throw new RangeError(`The secret "${secret}" is too short to be searched for`);
  const tail = text.slice(-TAIL_LENGTH);
  const patterns: [string, Buffer][] = [
    ["utf8", Buffer.from(text)],
    ["utf16", Buffer.from(text, "utf16le")],
    ["utf8, its end", Buffer.from(tail)],
    ["utf16, its end", Buffer.from(tail, "utf16le")],
    ["percent-encoded, its end", Buffer.from(encodeURIComponent(tail))],
    ...base64Spellings(text),
  ];
  return patterns.map(([spelling, pattern]) => ({ secret, spelling, pattern }));
}

/** Base64 of a longer text that contains this one: three alignments, without the characters that the neighbours share. */
function base64Spellings(text: string): [string, Buffer][] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from("\0".repeat(offset) + text)
      .toString("base64")
      .replace(/=+$/, "");
    return [`base64 at ${offset}`, Buffer.from(encoded.slice(offset === 0 ? 0 : offset + 1, -2))];
  });
}

async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > LARGEST_FILE) throw new Error(`${path} is too large to be searched`);
    files.push(path);
  }
  return files;
}
