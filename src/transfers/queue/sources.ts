/** The files that the person picked, as long as they are not copied whole: who holds them, and what becomes of lost ones. */
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import { toWireError } from "../../shared/result.ts";
import { HostFailure } from "../host/host-link.ts";
import type { Ledger } from "../journal/ledger.ts";
import { hasEnded } from "../machine.ts";
import { isStaged, type TransferRecord } from "../record.ts";
import { Stopped } from "../run.ts";
import type { TransferDeps } from "../transfers.ts";

export interface Source {
  transferId: string;
  source: Blob;
}

export interface Sources {
  /** Journals new records, then gives their files to the host: in this order, so that no file is held that nobody knows. */
  take(records: TransferRecord[], files: Source[]): Promise<void>;
  /** The file again. Held already when `check` is called with it; dropped when that rejects. */
  again(source: Source, compare: () => Promise<void>): Promise<void>;
  holds(id: string): boolean;
  /** All of it is in the journal, and the host has let go of it. */
  copied(id: string): void;
  drop(ids: string[]): void;
  /** Asks the host what it holds. An upload that needs its source and has none waits for the person to pick it again. */
  check(): Promise<void>;
}

/** @param stop ends the run of a transfer */
export function createSources(deps: TransferDeps, ledger: Ledger, stop: (id: string) => void): Sources {
  const { host } = deps;
  const held = new Set<string>();
  /** On their way to the host: not there, and not lost. */
  const coming = new Set<string>();

  ledger.listen((before, after) => {
    const id = after?.id ?? before?.id ?? "";
    if (!mayNeed(after) && held.has(id)) drop([id]);
  });

  /** The host has it. What was cancelled on the way there would be held, and keep the background up, for nobody. */
  function note(id: string): void {
    if (mayNeed(ledger.get(id))) held.add(id);
    else drop([id]);
  }

  /** A host that just ended is opened anew by the next call. */
  async function twice<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof HostFailure) || error.kind !== "host-lost") throw error;
      return await call();
    }
  }

  async function hold(files: Source[]): Promise<void> {
    await twice(() => host.hold(files));
    for (const { transferId } of files) note(transferId);
  }

  function drop(ids: string[]): void {
    for (const id of ids) held.delete(id);
    host.drop(ids).catch((error: unknown) => log.warn("transfers", error));
  }

  /**
   * The host lets go of a source as soon as it is copied; the background may have ended before it wrote that down. Not where
   * there are several segments: whether the source stayed the same while they were copied was known to that life alone.
   */
  async function isCopied({ id, size, segmentSize }: TransferRecord): Promise<boolean> {
    if (size > segmentSize) return false;
    try {
      const segment = await deps.journal.segment(id, 0);
      if (segment?.size !== size) return false;
      await ledger.apply(id, { type: "staged", bytes: size });
    } catch (error) {
      // Without it the person is asked for the file, unless the transfer has ended meanwhile.
      if (!(error instanceof Stopped)) log.warn("transfers", error);
      return false;
    }
    return true;
  }

  async function lose(records: TransferRecord[]): Promise<void> {
    const lost = records.map(async ({ id, name }) => {
      stop(id);
      const error = toWireError(new HoldallError("file-needed", { subs: [name] }));
      await ledger.apply(id, { type: "source-lost", error });
    });
    for (const result of await Promise.allSettled(lost)) {
      if (result.status === "rejected" && !(result.reason instanceof Stopped)) log.warn("transfers", result.reason);
    }
  }

  return {
    take: async (records, files) => {
      for (const { id } of records) coming.add(id);
      try {
        await ledger.add(records);
        if (files.length > 0) await hold(files).catch(() => lose(records));
      } finally {
        for (const { id } of records) coming.delete(id);
      }
    },
    again: async (source, compare) => {
      const { transferId } = source;
      coming.add(transferId);
      try {
        await twice(() => host.hold([source]));
        await compare();
        note(transferId);
      } catch (error) {
        drop([transferId]);
        throw error;
      } finally {
        coming.delete(transferId);
      }
    },
    holds: (id) => held.has(id),
    copied: (id) => void held.delete(id),
    drop,
    check: async () => {
      const needy = () => [...ledger.all()].filter((record) => !isStaged(record) && mayNeed(record));
      if (needy().length === 0) return;
      const found = new Set(await twice(() => host.held()).catch(() => []));
      for (const id of [...held]) if (!found.has(id) && !coming.has(id)) held.delete(id);
      const records = needy().filter(({ id }) => !coming.has(id));
      for (const { id } of records) if (found.has(id)) held.add(id);
      const gone = records.filter(({ id, state }) => !held.has(id) && state !== "failed");
      const copied = await Promise.all(gone.map(isCopied));
      await lose(gone.filter((_, index) => copied[index] !== true));
    },
  };
}

/** Its bytes may be wanted: a failed one can be retried. */
function mayNeed(record: TransferRecord | undefined): boolean {
  return record !== undefined && (!hasEnded(record) || record.state === "failed");
}
