import { safeFileName, splitEnding } from "../../../shared/safe-file-name.ts";

/**
 * Names inside a zip for paths of S3, in their order: relative, without `..`, that Windows can write, and different from each
 * other also where case does not count. A folder's path ends with a slash and so does its name.
 * @param paths relative to what the zip holds; S3 knows `a` and `a/b` side by side, file systems do not
 */
export function memberNames(paths: readonly string[]): string[] {
  const wanted = paths.map(safePath);
  const folders = new Set<string>();
  for (const path of wanted) {
    for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
      folders.add(folded(path.slice(0, slash)));
    }
  }
  const taken = new Set<string>();
  // The next number to try for a name, so that thousands of the same name do not try all numbers before theirs.
  const next = new Map<string, number>();
  return wanted.map((path) => {
    if (path.endsWith("/")) return path;
    const isFree = (name: string) => !taken.has(folded(name)) && !folders.has(folded(name));
    let name = path;
    let count = next.get(folded(path)) ?? 2;
    for (; !isFree(name); count++) name = numbered(path, count);
    next.set(folded(path), count);
    taken.add(folded(name));
    return name;
  });
}

function safePath(path: string): string {
  const segments = path.split("/");
  const isFolder = segments.length > 1 && segments.at(-1) === "";
  const safe = (isFolder ? segments.slice(0, -1) : segments).map(safeSegment).join("/");
  return isFolder ? `${safe}/` : safe;
}

/** In a folder of a project names may well start with a dot, which `safeFileName` takes for a way to hide a file. */
function safeSegment(segment: string): string {
  const hidden = /^\.(?=[^.\s])/.test(segment);
  const safe = safeFileName(hidden ? segment.slice(1) : segment, "_");
  return hidden ? `.${safe}` : safe;
}

/** `photos/a.jpg` → `photos/a (2).jpg` */
function numbered(path: string, count: number): string {
  const slash = path.lastIndexOf("/") + 1;
  const { stem, ending } = splitEnding(path.slice(slash));
  return `${path.slice(0, slash)}${stem} (${count})${ending}`;
}

/** Equal for names that some file system takes for the same one. */
function folded(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase();
}
