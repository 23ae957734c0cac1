import type { PickedFile } from "./uploads.ts";

/** Deeper than any folder a person drops on purpose; a link that leads in circles ends here. */
const deepest = 32;

/**
 * The files of a drop, those in dropped folders too, with their path below `prefix`. Call it in the event itself: the browser
 * empties the transfer right after.
 */
export function droppedFiles(transfer: DataTransfer, prefix: string): Promise<PickedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length > 0) return walk(entries, prefix, 0);
  return Promise.resolve([...transfer.files].map((file) => ({ file, path: `${prefix}${file.name}` })));
}

async function walk(entries: FileSystemEntry[], prefix: string, depth: number): Promise<PickedFile[]> {
  const found: PickedFile[] = [];
  for (const entry of entries) {
    if (isFile(entry)) found.push({ file: await fileOf(entry), path: `${prefix}${entry.name}` });
    else if (isFolder(entry) && depth < deepest) {
      found.push(...(await walk(await entriesOf(entry), `${prefix}${entry.name}/`, depth + 1)));
    }
  }
  return found;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // Chromium answers 100 at a time; an empty answer is the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
