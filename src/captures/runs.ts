/** Which captures are worked on, and when one is tried again. */
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { toWireError } from "../shared/result.ts";
import type { Advance } from "./advance.ts";
import type { CaptureOutcome, CaptureOwner } from "./captures.ts";
import type { CaptureLedger } from "./ledger.ts";
import { isPassing, offersFor, pauseBefore, triesAgain } from "./offers.ts";
import { failedOutcome, type Outcomes } from "./outcomes.ts";
import { type CaptureRecord, ownerOf } from "./record.ts";
import type { CaptureServiceDeps } from "./service-deps.ts";
import { watchKept } from "./watch-kept.ts";

/** Milliseconds after which what is under way is looked at, should the background have ended. */
const minute = 60_000;

interface RunsContext {
  deps: CaptureServiceDeps;
  ledger: CaptureLedger;
  outcomes: Outcomes;
  advance: Advance;
  /** A capture that was under way as `id` is stored as `key`. */
  ended(id: string, key: string): void;
}

export interface Runs {
  /** Goes on with a capture, in the background; one run at a time. */
  start(id: string): void;
  /** Resolves when nothing is done for it any more. */
  stop(id: string): Promise<void>;
  isActive(id: string): boolean;
  /** Tries a failed one again. Never rejects: one that was thrown away meanwhile must not stop the others. */
  retry(record: CaptureRecord, allowAddress: boolean): Promise<void>;
  adopt(id: string, identity: string): Promise<void>;
  /** Goes on with what can, of everybody who is signed in; of `owner` also what was tried too often. */
  resume(owner?: CaptureOwner): Promise<void>;
  /** A conflict that was answered among the transfers: the upload goes on, and so does its capture. */
  followUploads(): Promise<void>;
  /** When it should be tried again (milliseconds since the epoch); null when that is not for time to say. */
  nextTry(record: CaptureRecord): Promise<number | null>;
}

export function createRuns({ deps, ledger, outcomes, advance, ended }: RunsContext): Runs {
  const { uploads } = deps;
  const active = new Map<string, { work: Promise<void>; abort: AbortController }>();

  function start(id: string): void {
    if (active.has(id)) return;
    outcomes.reopen(id);
    const abort = new AbortController();
    const work = run(id, abort.signal)
      .catch((error) => log.warn("capture", error))
      .finally(() => active.delete(id));
    active.set(id, { work, abort });
  }

  async function run(id: string, signal: AbortSignal): Promise<void> {
    void watchKept(() => ledger.get(id), deps.canSend, signal).then(
      (kept) => kept && outcomes.tell(id, { state: "kept" }),
    );
    const outcome = await advance(id, signal).catch((error: unknown) => rest(id, error));
    if (outcome.state === "saved" || outcome.state === "known") ended(id, outcome.row.id);
    outcomes.tell(id, outcome);
  }

  async function rest(id: string, cause: unknown): Promise<CaptureOutcome> {
    const record = ledger.get(id);
    const error = cause instanceof HoldallError ? cause : new HoldallError("internal", { subs: [String(cause)] });
    if (record === undefined || error.code === "cancelled") return { state: "discarded" };
    log.warn("capture not completed", error);
    const wire = toWireError(error);
    const offers = offersFor(record, error);
    // While there is no network nothing is tried, so that nothing has failed.
    const passing = (isPassing(error) || record.state === "indexing") && deps.online();
    const failed = await ledger.apply(id, { type: "failed", error: wire, offers, passing }).catch(() => null);
    return failed === null ? { state: "failed", error: wire, offers } : failedOutcome(failed);
  }

  async function retry(record: CaptureRecord, allowAddress: boolean): Promise<void> {
    const { id, key, before, error } = record;
    if (record.state !== "failed") return;
    try {
      // The upload has failed by itself: it begins again, under another name when the name was taken.
      if (before === "uploading" && key !== null)
        await uploads.retry([key], error?.code === "file-exists" ? "keep-both" : undefined);
      await ledger.apply(id, { type: "retried", allowAddress });
      start(id);
    } catch (cause) {
      log.warn("captures", cause);
    }
  }

  async function isPresent(record: CaptureRecord): Promise<boolean> {
    const owner = ownerOf(record);
    return owner !== null && (await deps.identity(owner.profile)) === owner.identity;
  }

  return {
    start,
    stop: async (id) => {
      const running = active.get(id);
      running?.abort.abort();
      await running?.work;
    },
    isActive: (id) => active.has(id),
    retry,
    adopt: async (id, identity) => {
      await ledger.apply(id, { type: "adopted", identity }).catch((error) => log.warn("captures", error));
      if (ledger.get(id)?.state !== "failed") start(id);
    },
    async resume(owner) {
      for (const record of ledger.all()) {
        // What was only asked for is taken, and kept, whoever is there.
        const taking = (record.state === "failed" ? record.before : record.state) === "asked";
        if (!taking && !(await isPresent(record))) continue;
        const half = record.before === "indexing" && record.identity === owner?.identity;
        if (record.state !== "failed") start(record.id);
        else if (half || (deps.online() && triesAgain(record, deps.now()))) await retry(record, false);
      }
    },
    async followUploads() {
      for (const record of ledger.all()) {
        const { id, key, before, state } = record;
        if (state !== "failed" || before !== "uploading" || key === null) continue;
        const undecided = new Promise<"under way">((resolve) => setTimeout(() => resolve("under way"), 50));
        const outcome = await Promise.race([uploads.settled(key), undecided]);
        if (outcome !== null && outcome !== "under way" && outcome.state === "failed") continue;
        await ledger.apply(id, { type: "retried", allowAddress: false }).catch(() => undefined);
        start(id);
      }
    },
    async nextTry(record) {
      const now = deps.now();
      if (record.state === "failed")
        return triesAgain(record, now) && (await isPresent(record)) ? now + pauseBefore(record.attempts) : null;
      // Uploads have an alarm of their own.
      if (record.state === "taken" || record.state === "uploading") return null;
      return record.state === "asked" || (await isPresent(record)) ? now + minute : null;
    },
  };
}
