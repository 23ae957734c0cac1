/** Starts what the queue allows and decides what a failure means. */
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import { toWireError } from "../../shared/result.ts";
import type { TransferEvent } from "../machine.ts";
import type { TransferRecord, TransferState } from "../record.ts";
import { failureOf } from "../requests/failure.ts";
import { judgeFailure, pauseBefore, type Verdict } from "../requests/retry-policy.ts";
import { type Run, Stopped } from "../run.ts";
import { createRun, type RunParts } from "./create-run.ts";
import { createMeter, type Meter } from "./progress.ts";
import { createQueue } from "./queue.ts";

/** One go at a transfer of each kind. Resolves when it is proved; rejects with HoldallError, HostFailure or Stopped. */
export type Runs = Record<TransferRecord["kind"], (run: Run) => Promise<void>>;

export interface RunnerParts extends RunParts {
  runs: Runs;
  /** The source of an upload could not be read, or the host ended: asks whether it is there still. */
  checkSources(): Promise<void>;
}

const underWay: readonly TransferState[] = ["uploading", "verifying", "fetching", "saving"];

interface Going {
  abort: AbortController;
  meter: Meter;
}

export interface Runner {
  /** Starts what may run now, and from now on whatever gets ready. */
  pump(): void;
  /** Ends the requests of a transfer, if any are under way; the caller says what becomes of the record. */
  stop(id: string): void;
  /** Of the run that is going, or of the last one. */
  meter(id: string): Meter | undefined;
}

export function createRunner(parts: RunnerParts): Runner {
  const { deps, ledger, runs } = parts;
  const going = new Map<string, Going>();
  const meters = new Map<string, Meter>();
  const queue = createQueue(ledger);
  let awake = false;
  let planned = false;

  ledger.listen((before, after) => {
    if (after === undefined || after.state === "done") meters.delete(before?.id ?? "");
    const ready = after?.state === "queued" && before?.state !== "queued";
    if (ready || after?.rank !== before?.rank) plan();
  });

  /** Thousands may become ready in one turn. */
  function plan(): void {
    if (!awake || planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      start();
    });
  }

  function start(): void {
    for (const id of queue.next(going.keys())) void go(id);
  }

  async function go(id: string): Promise<void> {
    const mine: Going = { abort: new AbortController(), meter: createMeter() };
    const { signal } = mine.abort;
    going.set(id, mine);
    meters.set(id, mine.meter);
    try {
      const run = createRun(id, parts, { signal, meter: mine.meter, isCurrent: () => going.get(id) === mine });
      // In memory at once. On disk it comes with what follows, which is awaited before anything goes out.
      if (run.record().state === "queued") void applied(id, { type: "started" });
      await runs[run.record().kind](run);
      await settleUnfinished(id, signal, null);
    } catch (error) {
      // Whoever aborted has already written what becomes of the record.
      if (signal.aborted) return;
      if (error instanceof Stopped) await settleUnfinished(id, signal, error);
      else await settleFailure(id, signal, error);
    } finally {
      if (going.get(id) === mine) going.delete(id);
      plan();
    }
  }

  /** A run that ended without a word, though nobody stopped it, would leave the transfer as if it ran for ever. */
  async function settleUnfinished(id: string, signal: AbortSignal, cause: unknown): Promise<void> {
    const state = ledger.get(id)?.state;
    const idle = state === undefined || !underWay.includes(state);
    if (idle || signal.aborted) return;
    await settleFailure(id, signal, new HoldallError("internal", { subs: [`a run ended while ${state}`] }, { cause }));
  }

  async function settleFailure(id: string, signal: AbortSignal, thrown: unknown): Promise<void> {
    const record = ledger.get(id);
    if (record === undefined) return;
    const failure = failureOf(thrown, record, deps.online());
    if (await lostSource(id, failure)) return;
    const { error, verdict } = await judge(failure, record);
    // Paused, say, or signed out while the session was renewed: that counts, not what became of the run.
    if (signal.aborted) return;
    const wire = toWireError(error);
    if (error.code === "cancelled") return await applied(id, { type: "cancelled" });
    if (verdict.kind === "fail") return await applied(id, { type: "gave-up", error: wire });
    const counted = verdict.kind === "again" || (verdict.kind === "wait" && verdict.counted);
    await applied(id, { type: "blocked", error: wire, counted });
    if (verdict.kind === "again") void wake(id, verdict.pause);
  }

  /** True when the upload now waits for its file, and the failure says nothing more than that. */
  async function lostSource(id: string, error: HoldallError): Promise<boolean> {
    const { code } = error;
    if (code === "file-needed") {
      await applied(id, { type: "source-lost", error: toWireError(error) });
      return true;
    }
    const maybe = code === "transfer-host-lost" || (code === "file-unreadable" && ledger.get(id)?.live === true);
    if (!maybe) return false;
    await parts.checkSources();
    const after = ledger.get(id);
    return after?.state === "waiting" && after.error?.code === "file-needed";
  }

  async function judge(
    error: HoldallError,
    record: TransferRecord,
  ): Promise<{ error: HoldallError; verdict: Verdict }> {
    const verdict = judgeFailure(error, record, deps.random());
    if (verdict.kind !== "renew") return { error, verdict };
    try {
      await deps.renew(record.owner.profile);
      // Credentials that are only just new are not renewed again at once: the first time a moment is enough to tell.
      const pause = record.attempts === 0 ? 0 : pauseBefore(record.attempts, deps.random());
      return { error, verdict: { kind: "again", pause } };
    } catch (cause) {
      const renewal = failureOf(cause, record, deps.online());
      const second = judgeFailure(renewal, record, deps.random());
      return { error: renewal, verdict: second.kind === "renew" ? { kind: "fail" } : second };
    }
  }

  async function wake(id: string, pause: number): Promise<void> {
    const before = ledger.get(id);
    await deps.pause(pause);
    // Only what still waits for this very reason; where it stands in the queue is another matter.
    const now = ledger.get(id);
    if (now?.state === "waiting" && now.error === before?.error) await applied(id, { type: "resumed" });
  }

  /**
   * An event that came too late is none. A journal that cannot be written: the state stands in memory, and at the next start the
   * record is where the journal last saw it.
   */
  async function applied(id: string, event: TransferEvent): Promise<void> {
    await ledger.apply(id, event).catch((error: unknown) => {
      if (!(error instanceof Stopped)) log.warn("transfers", error);
    });
  }

  return {
    pump: () => {
      awake = true;
      plan();
    },
    stop: (id) => {
      const entry = going.get(id);
      going.delete(id);
      entry?.abort.abort(new Stopped(id));
      plan();
    },
    meter: (id) => meters.get(id),
  };
}
