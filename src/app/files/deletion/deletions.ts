/** Deletions of folders: what runs and what has ended, for as long as the page is open. */
import { effect, signal } from "@preact/signals";
import { call } from "../../../messaging/client.ts";
import { hideRows, showRows } from "../../../ui/state/hidden-rows.ts";
import { currentOwner, isCurrent, type Owner } from "../../../ui/state/owner.ts";
import { markUnversioned } from "../../../ui/storage/file-actions.ts";
import { type Counted, isMarker, type Target } from "./count-targets.ts";
import { type Ending, runAll } from "./run-all.ts";
import { keepHowFar } from "./stopped-deletions.ts";

interface Gone {
  path: string;
  deleteMarker: string;
}

export interface Deletion {
  id: number;
  /** What the person chose: a folder's name, or how many of what. */
  name: string;
  doing: "delete" | "restore";
  /** Objects that were tried, for the bar. */
  tried: number;
  objects: number;
  /** Files that are gone, or back. */
  done: number;
  files: number;
  cancelling: boolean;
  /** Null while it runs. */
  ending: Ending | null;
  /** What Undo brings back. */
  gone: Gone[];
  /** What is not in the list while it runs. */
  rows: string[];
}

export interface DeletionStart {
  name: string;
  rows: string[];
  counted: Counted;
  /** False: known to keep none; null: not known. */
  keepsVersions: boolean | null;
}

export const deletions = signal<Deletion[]>([]);
/** How many have ended so far: lists are asked for again. */
export const endedDeletions = signal(0);

/** Milliseconds between two drawings of one deletion. */
const drawnEach = 100;

let lastId = 0;

currentOwner.subscribe(() => {
  deletions.value = [];
});

const ask = (event: BeforeUnloadEvent) => event.preventDefault();
effect(() => {
  // Of a page that is closed, what is under way ends: the browser asks first.
  if (deletions.value.some(({ ending }) => ending === null)) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
});

export function startDeletion(owner: Owner, { name, rows, counted, keepsVersions }: DeletionStart): void {
  lastId += 1;
  const id = lastId;
  const gone: Gone[] = [];
  const { targets, files } = counted;
  hideRows(rows);
  const common = { name, rows, gone, files, objects: targets.length };
  deletions.value = [...deletions.value, { ...begun, ...common, id, doing: "delete" }];
  const remove = async ({ path, etag }: Target) => {
    const { deleteMarker } = await call("files.delete", { profile: owner.profile, path, etag });
    if (deleteMarker !== null) gone.push({ path, deleteMarker });
    // Where versions are kept it was gone already.
    else if (keepsVersions === null && gone.length === 0) await markUnversioned(owner);
  };
  void run(owner, id, targets, remove);
}

/** Brings back what a deletion took away; what fails can be tried again. */
export function restoreDeletion(owner: Owner, id: number): void {
  const deletion = find(id);
  if (deletion === undefined) return;
  const { gone } = deletion;
  const back = new Set<Gone>();
  change(id, { ...begun, doing: "restore", objects: gone.length, files: filesIn(gone) });
  const restore = async (one: Gone) => {
    const { path, deleteMarker } = one;
    await call("files.undelete", { profile: owner.profile, path, deleteMarker });
    back.add(one);
  };
  void run(owner, id, gone, restore, () => ({ gone: gone.filter((one) => !back.has(one)) }));
}

/** What is under way is still done. */
export function cancelDeletion(id: number): void {
  change(id, { cancelling: true });
}

export function dismissDeletion(id: number): void {
  deletions.value = deletions.value.filter((one) => one.id !== id);
}

const begun = { tried: 0, done: 0, cancelling: false, ending: null } as const;

const find = (id: number) => deletions.peek().find((one) => one.id === id);

const filesIn = (objects: { path: string }[]) => objects.filter(({ path }) => !isMarker(path)).length;

function change(id: number, next: Partial<Deletion>): void {
  if (find(id) === undefined) return;
  deletions.value = deletions.value.map((one) => (one.id === id ? { ...one, ...next } : one));
}

async function run<Item extends { path: string }>(
  owner: Owner,
  id: number,
  items: Item[],
  work: (item: Item) => Promise<void>,
  after: () => Partial<Deletion> = () => ({}),
): Promise<void> {
  let tried = 0;
  let done = 0;
  let drawing: ReturnType<typeof setTimeout> | undefined;
  const one = async (item: Item) => {
    await work(item);
    if (!isMarker(item.path)) done += 1;
  };
  const onDone = () => {
    tried += 1;
    drawing ??= setTimeout(() => {
      drawing = undefined;
      change(id, { tried, done });
    }, drawnEach);
  };
  const isWanted = () => isCurrent(owner) && find(id)?.cancelling === false;
  const deletion = find(id);
  if (deletion === undefined) return;
  const { rows, doing, files: of } = deletion;
  await keepHowFar(
    owner,
    () => ({ doing, done, of }),
    async () => {
      const ending = await runAll(items, one, { isWanted, onDone });
      clearTimeout(drawing);
      if (!isCurrent(owner)) return;
      const whole = doing === "delete" && ending.how === "all" && ending.failures.length === 0;
      if (whole) hideRows(rows, performance.now());
      else showRows(rows);
      change(id, { tried, done, ending, ...after() });
      endedDeletions.value += 1;
    },
  );
}
