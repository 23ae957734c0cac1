import { readdir, readFile } from "node:fs/promises";
import type { Browser } from "puppeteer-core";
import { poll } from "./poll.ts";

/** SIGKILL to the browser and everything that it started, and waits until the last of them is gone. Linux only: it reads /proc. */
export async function killBrowser(browser: Browser): Promise<void> {
  const child = browser.process();
  if (child?.pid === undefined) throw new Error("The browser has no process");
  // Nobody else listens for what becomes of a pipe whose other end is killed.
  for (const pipe of child.stdio) pipe?.on("error", () => {});
  const tree = await processTree(child.pid);
  for (const id of tree) end(id);
  // A child that was born meanwhile lost its parent; its pipe is closed, so it ends by itself.
  await poll("the browser's processes to end", async () => (await alive(tree)).length === 0);
  await browser.disconnect().catch(() => {});
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

interface Process {
  pid: number;
  parent: number;
  /** `Z`: ended, and nobody has asked how. */
  state: string;
}

/** A process and its descendants, the eldest first. */
async function processTree(root: number): Promise<number[]> {
  const processes = await listProcesses();
  const tree = [root];
  for (const ancestor of tree) {
    for (const { pid, parent } of processes) if (parent === ancestor) tree.push(pid);
  }
  return tree;
}

async function alive(pids: number[]): Promise<Process[]> {
  return (await listProcesses()).filter(({ pid, state }) => pids.includes(pid) && state !== "Z");
}

async function listProcesses(): Promise<Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => null)));
  return found.flatMap((text) => {
    // `pid (name) state parent …`; the name may hold anything.
    const match = text === null ? null : /^(\d+) \(.*\) (\S) (\d+)/s.exec(text);
    return match ? [{ pid: Number(match[1]), state: match[2] ?? "", parent: Number(match[3]) }] : [];
  });
}
