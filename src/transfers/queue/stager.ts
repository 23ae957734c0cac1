/**
 * Copies what the person picked into the journal, in the person's order and whatever else is going on: without network, signed
 * out, paused. A source may be gone any time; what is in the journal is not.
 */
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import { toWireError } from "../../shared/result.ts";
import type { Ledger } from "../journal/ledger.ts";
import { hasEnded, needsFile, type TransferEvent } from "../machine.ts";
import { isSmall, isStaged, type TransferRecord } from "../record.ts";
import { failureOf } from "../requests/failure.ts";
import { Stopped } from "../run.ts";
import type { TransferDeps } from "../transfers.ts";
import { rangesOf } from "../upload/plan.ts";
import { createOrdered } from "./ordered.ts";
import { createRoom } from "./room.ts";
import type { Sources } from "./sources.ts";

/** Copied at once: a disk gains nothing from more, and small ones are mostly waiting. */
const bigAtOnce = 2;
const smallAtOnce = 6;
/** Of a host that ends again and again. */
const mostTries = 5;

export interface Stager {
  /** Copies what the host holds. */
  pump(): void;
}

/** @param stop ends the run of a transfer */
export function createStager(deps: TransferDeps, ledger: Ledger, sources: Sources, stop: (id: string) => void): Stager {
  const copying = new Map<string, { abort: AbortController; small: boolean }>();
  const tries = new Map<string, number>();
  const room = createRoom(() => deps.room(), deps.now);
  const wanted = { small: createOrdered<TransferRecord>(), big: createOrdered<TransferRecord>() };
  const listOf = (record: TransferRecord) => (isSmall(record) ? wanted.small : wanted.big);

  ledger.listen((before, after) => {
    if (before !== undefined) listOf(before).delete(before);
    if (after !== undefined && isWanted(after)) listOf(after).add(after);
    else if (before !== undefined) copying.get(before.id)?.abort.abort();
  });

  function pump(): void {
    for (const [list, most] of [
      [wanted.small, smallAtOnce],
      [wanted.big, bigAtOnce],
    ] as const) {
      let free = most - [...copying.values()].filter(({ small }) => small === (list === wanted.small)).length;
      const next: string[] = [];
      for (const { id } of list.values()) {
        if (free <= 0) break;
        if (copying.has(id) || !sources.holds(id)) continue;
        free -= 1;
        next.push(id);
      }
      for (const id of next) void copy(id, list === wanted.small);
    }
  }

  async function copy(id: string, small: boolean): Promise<void> {
    const abort = new AbortController();
    copying.set(id, { abort, small });
    try {
      await copyRest(id, abort.signal);
      tries.delete(id);
    } catch (error) {
      if (!abort.signal.aborted && !(error instanceof Stopped)) await settleFailure(id, error);
    } finally {
      copying.delete(id);
      pump();
    }
  }

  async function copyRest(id: string, signal: AbortSignal): Promise<void> {
    const record = ledger.get(id);
    if (record === undefined) return;
    const { size, segmentSize, staged, partSize } = record;
    let left = size - staged;
    if (!(await room.take(left))) return await ledger.apply(id, { type: "made-live" });
    try {
      for (const [index, range] of rangesOf(size, segmentSize).entries()) {
        if (range.end <= staged) continue;
        signal.throwIfAborted();
        const last = range.end === size;
        const { digest } = await deps.host.stage({ transferId: id, index, range, last }, { signal });
        if (last) sources.copied(id);
        // Of a large file piece by piece: else it would count twice, here and in the estimate.
        const written = range.end - Math.max(range.start, staged);
        left -= written;
        room.give(written);
        const told: Promise<void>[] = [];
        if (digest !== null && partSize === 0) {
          told.push(ledger.apply(id, { type: "digested", crc32: digest.crc32, fingerprint: null }));
        }
        await Promise.all([...told, ledger.apply(id, { type: "staged", bytes: range.end })]);
      }
    } finally {
      room.give(left);
    }
  }

  async function settleFailure(id: string, thrown: unknown): Promise<void> {
    const record = ledger.get(id);
    if (record === undefined) return;
    const error = failureOf(thrown, record, true);
    // The source is there still, so what has no room in the journal is read from it.
    if (error.code === "journal-full") return await applied(id, { type: "made-live" });
    if (error.code === "transfer-host-lost" || error.code === "cancelled") {
      const tried = (tries.get(id) ?? 0) + 1;
      tries.set(id, tried);
      await sources.check();
      if (tried < mostTries) return await deps.pause(100 * tried);
    }
    tries.delete(id);
    stop(id);
    sources.drop([id]);
    await applied(id, { type: "gave-up", error: toWireError(error) });
  }

  /** An event that came too late is none; one that could not be written stands in memory. */
  async function applied(id: string, event: TransferEvent): Promise<void> {
    await ledger.apply(id, event).catch((error: unknown) => {
      if (!(error instanceof Stopped)) log.warn("transfers", error);
    });
  }

  return { pump };
}

function isWanted(record: TransferRecord): boolean {
  if (isStaged(record) || record.live || needsFile(record)) return false;
  // A failed one goes on collecting its bytes: the person may retry it.
  return !hasEnded(record) || record.state === "failed";
}

/**
 * Resolves once so many bytes of an upload are in the journal, or its parts are read from the source itself.
 * @throws HoldallError `file-needed`, or why copying failed; the signal's reason
 */
export function untilStaged(
  ledger: Ledger,
  sources: Sources,
  id: string,
  bytes: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): boolean => {
      const record = ledger.get(id);
      if (signal?.aborted) reject(signal.reason);
      else if (record === undefined || record.state === "cancelled") reject(new Stopped(id));
      else if (record.live || record.staged >= bytes) resolve();
      else if (hasEnded(record) && !sources.holds(id)) reject(wordsOf(record));
      else if (needsFile(record)) reject(wordsOf(record));
      else return false;
      return true;
    };
    if (settle()) return;
    const leave = () => {
      settle();
      ledger.unwatch(id, look);
    };
    const look = () => {
      if (!settle()) return;
      ledger.unwatch(id, look);
      signal?.removeEventListener("abort", leave);
    };
    signal?.addEventListener("abort", leave, { once: true });
    ledger.watch(id, look);
  });
}

function wordsOf({ error, name }: TransferRecord): HoldallError {
  return error === null ? new HoldallError("file-needed", { subs: [name] }) : new HoldallError(error.code, error.facts);
}
