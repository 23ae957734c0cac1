/** What happens in one run: all of it follows from the seed. */
import type { BrowserName } from "../support/extension-browser.ts";
import type { Content } from "./bytes.ts";
import { makeFaults } from "./plan-faults.ts";
import { makeFiles } from "./plan-files.ts";
import { Random } from "./random.ts";

export type IfExists = "fail" | "replace" | "keep-both";

export interface PlannedFile extends Content {
  /** Place among the plan's files. */
  index: number;
  /** Inside the person's folder. */
  path: string;
  ifExists: IfExists;
  /** `memory`: made in the page; `disk`: picked through an input of the test; `app`: picked through the app's own. */
  source: "memory" | "disk" | "app";
  /** The person may cancel it, so it may end cancelled. */
  cancels: boolean;
}

/** An object that is there before the run begins. */
export interface StoredFile extends Content {
  path: string;
}

export type Fault = { operation: string; kind: string } & Record<string, unknown>;

/** What is done, or goes wrong, at one moment. */
export type Act =
  | { type: "upload"; files: PlannedFile[] }
  | { type: "save"; file: StoredFile }
  | { type: "archive"; files: StoredFile[]; prefix: string }
  | { type: "pause" | "unpause" | "cancel"; file: PlannedFile }
  | { type: "kill-worker" | "kill-host" }
  /** `signIn`: alice signs in at once after the restart; else when all faults are over. */
  | { type: "kill-browser"; signIn: boolean }
  | { type: "fault"; fault: Fault }
  | { type: "expire-sessions" }
  | { type: "sign-out"; signIn: boolean }
  /** S3's lifecycle rule ends one of the open multipart uploads. */
  | { type: "end-upload" };

export interface Plan {
  seed: number;
  browser: BrowserName;
  /** All of the run's objects lie in it; ends with a slash. */
  folder: string;
  files: PlannedFile[];
  /** Saved one by one. */
  saves: StoredFile[];
  /** Saved as one zip; empty for none. */
  archive: StoredFile[];
  /** In their order. `at`: milliseconds since the beginning. */
  acts: { at: number; act: Act }[];
  /** Milliseconds that faults go on after the last act. */
  linger: number;
}

export const archivePrefix = (folder: string) => `${folder}stored/zip/`;

export function makePlan(seed: number, browser: BrowserName): Plan {
  const random = new Random(seed);
  const folder = `run-${seed}/`;
  const contents = makeFiles(random, folder, seed);
  const span = random.between(1500, 4500);
  const acts = [...doings(random, contents, span, folder), ...makeFaults(random, browser, span)];
  const linger = random.between(0, 3000);
  return { seed, browser, folder, ...contents, acts: acts.sort((a, b) => a.at - b.at), linger };
}

type Contents = Pick<Plan, "files" | "saves" | "archive">;

/** What the person does. */
function doings(random: Random, { files, saves, archive }: Contents, span: number, folder: string): Plan["acts"] {
  const acts: Plan["acts"] = [];
  for (const group of groups(random, files)) {
    const at = random.chance(0.5) ? 0 : random.between(0, span * 0.6);
    acts.push({ at, act: { type: "upload", files: group } });
    for (const file of group) {
      if (file.cancels) acts.push({ at: at + random.between(50, 1500), act: { type: "cancel", file } });
      if (!random.chance(0.12)) continue;
      const paused = at + random.between(50, 1200);
      acts.push({ at: paused, act: { type: "pause", file } });
      if (random.chance(0.7)) acts.push({ at: paused + random.between(100, 1500), act: { type: "unpause", file } });
    }
  }
  for (const file of saves) acts.push({ at: random.between(0, span * 0.8), act: { type: "save", file } });
  if (archive.length > 0) {
    const prefix = archivePrefix(folder);
    acts.push({ at: random.between(0, span * 0.8), act: { type: "archive", files: archive, prefix } });
  }
  return acts;
}

/** Files are picked several at once, in one way. */
function groups(random: Random, files: PlannedFile[]): PlannedFile[][] {
  const open = new Map<string, PlannedFile[]>();
  const all: PlannedFile[][] = [];
  for (const file of files) {
    const key = `${file.source} ${file.ifExists}`;
    const group = open.get(key);
    if (group !== undefined && !group.some(({ path }) => path === file.path) && random.chance(0.7)) group.push(file);
    else {
      const fresh = [file];
      open.set(key, fresh);
      all.push(fresh);
    }
  }
  return all;
}
