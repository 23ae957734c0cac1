import type { TransferView } from "../../src/messaging/view.ts";
import { nextName } from "../../src/transfers/upload/keep-both.ts";
import type { Plan, PlannedFile, StoredFile } from "./plan.ts";

/** One wish of the person, and what became of it. */
export interface Tracked {
  wish:
    | { kind: "upload"; file: PlannedFile }
    | { kind: "save"; file: StoredFile }
    | { kind: "archive"; files: StoredFile[]; prefix: string };
  /** Id of its transfer; null until the extension said that it took it, or showed it. */
  id: string | null;
  /** The command is under way. */
  asking: boolean;
  /** When the command went out last, milliseconds since the process began; null before the first time. */
  askedAt: number | null;
  /** The row as it was last seen. */
  row: TransferView | null;
  /** Done, and looked at from outside when that was first seen. */
  provedFromOutside: boolean;
}

export function trackedOf({ files, saves, archive }: Plan, prefix: string): Tracked[] {
  const wishes: Tracked["wish"][] = [
    ...files.map((file) => ({ kind: "upload" as const, file })),
    ...saves.map((file) => ({ kind: "save" as const, file })),
    ...(archive.length > 0 ? [{ kind: "archive" as const, files: archive, prefix }] : []),
  ];
  return wishes.map((wish) => ({
    wish,
    id: null,
    asking: false,
    askedAt: null,
    row: null,
    provedFromOutside: false,
  }));
}

export const nameOf = ({ wish }: Tracked): string => (wish.kind === "archive" ? wish.prefix : wish.file.path);

/** Gives rows that nobody asked for by id to the wishes whose answers were lost. */
export function claimRows(tracked: Tracked[], rows: TransferView[]): void {
  const claimed = new Set(tracked.map(({ id }) => id));
  for (const one of tracked) {
    if (one.id !== null || one.asking || one.askedAt === null) continue;
    const row = rows.find((candidate) => !claimed.has(candidate.id) && fits(one, candidate));
    if (!row) continue;
    one.id = row.id;
    claimed.add(row.id);
  }
}

function fits({ wish }: Tracked, row: TransferView): boolean {
  if (wish.kind === "archive") return row.direction === "download" && row.files > 1 && row.path === wish.prefix;
  if (wish.kind === "save") return row.direction === "download" && row.path === wish.file.path;
  return row.direction === "upload" && row.size === wish.file.size && isNameOf(wish.file.path, row.path);
}

/** Whether `path` is the wished name or one of the next that keeping both leads to. */
export function isNameOf(wished: string, path: string): boolean {
  let candidate = wished;
  for (let count = 0; count < 8; count++) {
    if (candidate === path) return true;
    candidate = nextName(candidate).path;
  }
  return false;
}
