/** Starts what the queue allows and decides what a failure means. */
import { HoldallError } from "../shared/holdall-error.ts";
import { toWireError } from "../shared/result.ts";
import { runDownload } from "./download.ts";
import { HostFailure } from "./host-link.ts";
import type { Ledger } from "./ledger.ts";
import type { TransferEvent } from "./machine.ts";
import { createMeter, type Meter } from "./progress.ts";
import { nextToRun } from "./queue.ts";
import type { TransferRecord } from "./record.ts";
import { judgeFailure, type Verdict } from "./retry-policy.ts";
import { type Run, Stopped } from "./run.ts";
import type { TransferDeps } from "./transfers.ts";
import { runUpload } from "./upload.ts";

interface Going {
  abort: AbortController;
  meter: Meter;
}

export interface Runner {
  /** Starts what may run now. */
  pump(): void;
  /** Ends the request of a transfer, if one is under way; the caller says what becomes of the record. */
  stop(id: string): void;
  meter(id: string): Meter | undefined;
}

/** @param progressed called for each progress event */
export function createRunner(deps: TransferDeps, ledger: Ledger, progressed: () => void): Runner {
  const going = new Map<string, Going>();

  function pump(): void {
    const ready = ledger.all().filter(({ id, state }) => !going.has(id) && (state === "staged" || state === "saving"));
    const busy = [...going.keys()].flatMap((id) => ledger.get(id) ?? []);
    for (const id of nextToRun(ready, busy)) void go(id);
  }

  async function go(id: string): Promise<void> {
    const mine: Going = { abort: new AbortController(), meter: createMeter() };
    going.set(id, mine);
    try {
      const run = runOf(id, mine);
      await (run.record().direction === "upload" ? runUpload(run) : runDownload(run));
    } catch (error) {
      // Whoever aborted has already written what becomes of the record.
      if (!mine.abort.signal.aborted && !(error instanceof Stopped)) await settleFailure(id, error);
    } finally {
      if (going.get(id) === mine) going.delete(id);
      pump();
    }
  }

  function runOf(id: string, mine: Going): Run {
    const record = () => {
      const found = ledger.get(id);
      if (found === undefined || going.get(id) !== mine) throw new Stopped(id);
      return found;
    };
    return {
      deps,
      record,
      apply: (event) => {
        record();
        return ledger.apply(id, event);
      },
      watch: {
        signal: mine.abort.signal,
        progress: (moved, total) => {
          mine.meter.record(moved, total, deps.now());
          progressed();
        },
      },
    };
  }

  async function settleFailure(id: string, thrown: unknown): Promise<void> {
    const record = ledger.get(id);
    if (record === undefined) return;
    const { error, verdict } = await judge(failureOf(thrown, record, deps.online()), record);
    const wire = toWireError(error);
    try {
      if (error.code === "cancelled") return await ledger.apply(id, { type: "cancelled" });
      if (verdict.kind === "fail") return await ledger.apply(id, { type: "gave-up", error: wire });
      const counted = verdict.kind === "again" || (verdict.kind === "wait" && verdict.counted);
      await ledger.apply(id, { type: "blocked", error: wire, counted });
      if (verdict.kind === "again") void wake(id, verdict.pause);
    } catch {
      // Stopped: it was cancelled meanwhile. A journal that cannot be written: the state stands in memory, and at the
      // next start the record is where the journal last saw it.
    }
  }

  async function judge(
    error: HoldallError,
    record: TransferRecord,
  ): Promise<{ error: HoldallError; verdict: Verdict }> {
    const verdict = judgeFailure(error, record, deps.random());
    if (verdict.kind !== "renew") return { error, verdict };
    try {
      await deps.renew(record.owner.profile);
      return { error, verdict: { kind: "again", pause: 0 } };
    } catch (cause) {
      const renewal = failureOf(cause, record, deps.online());
      const second = judgeFailure(renewal, record, deps.random());
      return { error: renewal, verdict: second.kind === "renew" ? { kind: "fail" } : second };
    }
  }

  async function wake(id: string, pause: number): Promise<void> {
    const before = ledger.get(id);
    await deps.pause(pause);
    // Only what still waits for this very reason.
    if (ledger.get(id) !== before) return;
    await applied(id, { type: "resumed" });
    pump();
  }

  async function applied(id: string, event: TransferEvent): Promise<void> {
    await ledger.apply(id, event).catch(() => undefined);
  }

  return {
    pump,
    stop: (id) => {
      const entry = going.get(id);
      going.delete(id);
      entry?.abort.abort();
    },
    meter: (id) => going.get(id)?.meter,
  };
}

/** Anything thrown in a run, as an error with a code. */
function failureOf(thrown: unknown, record: TransferRecord, online: boolean): HoldallError {
  if (thrown instanceof HoldallError) return thrown;
  if (!(thrown instanceof HostFailure))
    return new HoldallError("internal", toWireError(thrown).facts, { cause: thrown });
  const options = { cause: thrown };
  switch (thrown.kind) {
    case "network":
      return new HoldallError(online ? "unreachable" : "offline", { subs: ["S3"] }, options);
    case "stalled":
      return new HoldallError(online ? "timeout" : "offline", { subs: ["S3"] }, options);
    case "source":
      return new HoldallError("file-unreadable", { subs: [record.name] }, options);
    case "host-lost":
      return new HoldallError("transfer-host-lost", {}, options);
    case "cancelled":
      return new HoldallError("cancelled", {}, options);
  }
}
