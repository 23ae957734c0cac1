import { randomName } from "./names.ts";
import type { IfExists, Plan, PlannedFile, StoredFile } from "./plan.ts";
import { archivePrefix } from "./plan.ts";
import type { Random } from "./random.ts";

const MiB = 1024 ** 2;
/** Bytes of all uploads of one run, so that a run stays short. */
const mostBytes = 150 * MiB;

const sizes: readonly (readonly [number, (random: Random) => number])[] = [
  [5, () => 0],
  [5, () => 1],
  [35, (random) => random.between(2, 200_000)],
  [15, (random) => random.between(MiB, 8 * MiB - 1)],
  // The largest that goes in one PUT, and the smallest that does not.
  [7, () => 8 * MiB],
  [8, () => 8 * MiB + 1],
  [25, (random) => random.between(20 * MiB, 60 * MiB)],
];

/** What a run uploads, saves and archives. */
export function makeFiles(random: Random, folder: string, seed: number): Pick<Plan, "files" | "saves" | "archive"> {
  const content = contents(seed);
  const files: PlannedFile[] = [];
  let bytes = 0;
  const add = (file: Omit<PlannedFile, "index" | "seed">) => {
    bytes += file.size;
    files.push({ ...file, index: files.length, ...content(file.size) });
  };
  for (let count = random.between(2, 6); count > 0; count--) {
    const chosen = random.weighted(sizes)(random);
    const size = bytes + chosen > mostBytes ? random.between(2, 200_000) : chosen;
    const source = random.weighted([
      [4, "memory"],
      [3, "disk"],
      [2, "app"],
    ] as const);
    // The app's own input uploads into the folder that is shown, and asks when a name is taken.
    const path = `${folder}${random.chance(0.3) && source !== "app" ? "deeper/" : ""}${files.length} ${randomName(random)}`;
    const ifExists = source === "app" ? "fail" : random.pick<IfExists>(["fail", "fail", "keep-both", "replace"]);
    add({ path, size, source, ifExists, cancels: random.chance(0.12) });
    if (source === "app" || !random.chance(0.15)) continue;
    // The same name once more, of another size.
    const other = random.pick<IfExists>(["fail", "keep-both", "replace"]);
    add({ path, size: size > MiB ? size - 1 : size + 3, source, ifExists: other, cancels: false });
  }
  if (random.chance(0.12)) {
    for (let count = random.between(24, 80); count > 0; count--) {
      const path = `${folder}many/${files.length}.bin`;
      add({ path, size: random.between(0, 3000), source: "memory", ifExists: "fail", cancels: false });
    }
  }
  return { files, ...storedFiles(random, folder, content) };
}

function storedFiles(
  random: Random,
  folder: string,
  content: (size: number) => { size: number; seed: number },
): { saves: StoredFile[]; archive: StoredFile[] } {
  const saves: StoredFile[] = [];
  for (let count = random.between(0, 2); count > 0; count--) {
    const size = random.weighted<(from: Random) => number>([
      [2, () => 0],
      [5, (from) => from.between(1, 300_000)],
      [2, () => 8 * MiB + 1],
      [4, (from) => from.between(9 * MiB, 30 * MiB)],
    ])(random);
    // Downloads of all runs lie in one folder.
    const name = `${folder.slice(0, -1)} saved ${saves.length}.bin`;
    saves.push({ path: `${folder}stored/${name}`, ...content(size) });
  }
  const archive: StoredFile[] = [];
  if (random.chance(0.25)) {
    for (let count = random.between(2, 7); count > 0; count--) {
      const size = random.chance(0.2) ? random.between(8 * MiB, 12 * MiB) : random.between(0, 100_000);
      archive.push({ path: `${archivePrefix(folder)}${archive.length} ${randomName(random)}`, ...content(size) });
    }
  }
  return { saves, archive };
}

/** No two files of a run have the same bytes. */
function contents(seed: number): (size: number) => { size: number; seed: number } {
  let count = 0;
  return (size) => {
    count += 1;
    return { size, seed: ((Math.imul(seed, 2_654_435_761) + count * 40_503) & 0x7fffffff) | 1 };
  };
}
