/** Multipart uploads that no transfer needs any more: S3 keeps their parts, and somebody pays for them, until they are aborted. */
import type { KnownUpload } from "../journal/journal.ts";
import type { Ledger } from "../journal/ledger.ts";
import { hasEnded } from "../machine.ts";
import { type Owner, sameOwner } from "../record.ts";
import { partsMayServe } from "../requests/retry-policy.ts";
import type { TransferRuns } from "../transfer-runs.ts";
import type { TransferDeps } from "../transfers.ts";

export interface Swept {
  aborted: number;
  left: number;
}

export interface Leftovers {
  /**
   * Aborts those whose own owner is signed in; the others stay in the journal until then. One that cannot be aborted does not
   * stop the rest. @param owner only theirs  @throws HoldallError `journal-damaged`
   */
  sweep(owner?: Owner): Promise<Swept>;
  /** How many of an owner's there are, as the last sweep saw it. */
  count(owner: Owner | null): number;
}

/** Uploads that are aborted at once. */
const width = 4;

export function createLeftovers(
  deps: TransferDeps,
  ledger: Pick<Ledger, "load" | "get">,
  abort: TransferRuns["abort"],
): Leftovers {
  let seen: KnownUpload[] = [];
  let last: Promise<unknown> = Promise.resolve();

  function isLeftover({ transferId }: KnownUpload): boolean {
    const record = ledger.get(transferId);
    if (record === undefined) return true;
    if (!hasEnded(record)) return false;
    return record.state !== "failed" || record.error === null || !partsMayServe(record.error.code);
  }

  /** Whether it is aborted now. */
  async function tried(upload: KnownUpload): Promise<boolean> {
    try {
      if ((await deps.identity(upload.owner.profile)) !== upload.owner.identity) return false;
      // The person may have begun it again while others were aborted.
      if (!isLeftover(upload)) return false;
      await abort(deps, upload);
      return true;
    } catch {
      return false;
    }
  }

  async function sweepOnce(owner: Owner | undefined): Promise<Swept> {
    await ledger.load();
    seen = (await deps.journal.uploads()).filter(isLeftover);
    const found = seen.filter((upload) => owner === undefined || sameOwner(upload.owner, owner));
    let aborted = 0;
    for (let start = 0; start < found.length; start += width) {
      const results = await Promise.all(found.slice(start, start + width).map(tried));
      aborted += results.filter(Boolean).length;
    }
    // Not those that a run works on: once it is done they are gone, and no sweep says so.
    seen = (await deps.journal.uploads()).filter(isLeftover);
    return { aborted, left: found.length - aborted };
  }

  return {
    // One after the other: two would abort the same ones.
    sweep: (owner) => {
      const mine = last.then(() => sweepOnce(owner));
      last = mine.catch(() => undefined);
      return mine;
    },
    count: (shown) => seen.filter((upload) => sameOwner(upload.owner, shown) && isLeftover(upload)).length,
  };
}
