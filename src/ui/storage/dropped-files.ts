import { HoldallError } from "../../shared/holdall-error.ts";
import { type PickedFile, refuse } from "./upload-state.ts";

/** Deeper than any folder a person drops on purpose; a link that leads in circles ends here. */
const deepest = 32;

/**
 * The files of a drop, those in dropped folders too, with their path below `prefix`. Call it in the event itself: the browser
 * empties the transfer right after. What cannot be read is refused by itself.
 */
export function droppedFiles(transfer: DataTransfer, prefix: string): Promise<PickedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length > 0) return walk(entries, prefix, 0);
  return Promise.resolve([...transfer.files].map((file) => ({ file, path: `${prefix}${file.name}` })));
}

async function walk(entries: FileSystemEntry[], prefix: string, depth: number): Promise<PickedFile[]> {
  const found = await Promise.all(entries.map((entry) => filesOf(entry, `${prefix}${entry.name}`, depth)));
  return found.flat();
}

async function filesOf(entry: FileSystemEntry, path: string, depth: number): Promise<PickedFile[]> {
  try {
    if (isFile(entry)) return [{ file: await fileOf(entry), path }];
    if (!isFolder(entry) || depth >= deepest) return [];
    return await walk(await entriesOf(entry), `${path}/`, depth + 1);
  } catch (cause) {
    refuse(path, new HoldallError("file-unreadable", { subs: [entry.name] }, { cause }));
    return [];
  }
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
