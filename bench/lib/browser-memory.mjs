// @ts-check
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two looks. */
const interval = 100;

/**
 * Bytes of memory that the processes of a browser hold for themselves, and their share of what they hold in common. Pages of
 * files do not count: the system takes them back when it needs them. Linux alone tells.
 * https://docs.kernel.org/filesystems/proc.html (smaps_rollup)
 *
 * @param {number} root id of the browser's first process
 */
async function memoryOf(root) {
  const sizes = await Promise.all((await family(root)).map(ownMemory));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The process and all that descend from it. @param {number} root @returns {Promise<number[]>} */
async function family(root) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  const all = (await readdir("/proc")).map(Number).filter((id) => id > 0);
  for (const id of all) {
    const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
    // The name, in parentheses, may hold anything.
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const found = [root];
  for (const id of found) found.push(...(children.get(id) ?? []));
  return found;
}

/** @param {number} id @returns {Promise<number>} 0 for one that has just ended */
async function ownMemory(id) {
  const text = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
  const kilobytes = ["Pss_Anon", "Pss_Shmem"].map((name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, size) => sum + size, 0) * 1024;
}

/**
 * The most that a browser takes while something is done, above the least that it took in the two seconds before.
 *
 * @param {number} root
 * @param {() => Promise<unknown>} work
 * @returns {Promise<number>} bytes
 */
export async function extraMemory(root, work) {
  let idle = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 8; look += 1) {
    idle = Math.min(idle, await memoryOf(root));
    await sleep(250);
  }
  let most = idle;
  let over = false;
  const watching = (async () => {
    while (!over) {
      most = Math.max(most, await memoryOf(root));
      await sleep(interval);
    }
  })();
  try {
    await work();
  } finally {
    over = true;
    await watching;
  }
  return most - idle;
}
