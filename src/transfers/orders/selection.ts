import { hasEnded } from "../machine.ts";
import type { TransferRecord } from "../record.ts";
import type { Selection } from "../transfers.ts";

/** What an order means: the records of `mine` that were chosen. Unknown ids, and those of other people, are none. */
export function select(mine: readonly TransferRecord[], which: Selection): TransferRecord[] {
  if (which === "all") return [...mine];
  if (which === "ended") return mine.filter(hasEnded);
  if (which === "conflicts") return mine.filter(isConflict);
  if (which === "failed") return mine.filter((record) => record.state === "failed" && !isConflict(record));
  const chosen = new Set(which);
  return mine.filter(({ id }) => chosen.has(id));
}

/** Failed because the name is taken. */
function isConflict({ state, error }: TransferRecord): boolean {
  return state === "failed" && error?.code === "file-exists";
}
