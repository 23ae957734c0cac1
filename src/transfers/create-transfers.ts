/** Uploads and downloads that survive the end of the background at any moment. */
import { noTransfers } from "../messaging/view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { toWireError } from "../shared/result.ts";
import { createLedger } from "./journal/ledger.ts";
import { sweepDelay, sweepInterval, sweepPauses, viewInterval } from "./limits.ts";
import { hasEnded, needsFile } from "./machine.ts";
import { createBeginnings } from "./orders/begin.ts";
import { applyAll, type Control, inBackground, ownRecords } from "./orders/control.ts";
import { createOrders } from "./orders/orders.ts";
import { createSpeedometer, throttle } from "./queue/progress.ts";
import { createRunner } from "./queue/runner.ts";
import { createSlots } from "./queue/slots.ts";
import { createSources } from "./queue/sources.ts";
import { createStager, untilStaged } from "./queue/stager.ts";
import { isSmall, isStaged, sameOwner, type TransferRecord, type TransferState } from "./record.ts";
import type { TransferRuns } from "./transfer-runs.ts";
import type { TransferDeps, Transfers } from "./transfers.ts";
import { createLeftovers } from "./upload/leftovers.ts";
import { toTransferView } from "./view/transfer-view.ts";
import { toTransfersView } from "./view/transfers-view.ts";
import { firstInOrder, fromCursor, toCursor } from "./view/view-order.ts";

/** What a sign-out stops: what the browser saves from memory needs no session any more. */
const suspendable: readonly TransferState[] = ["staging", "queued", "uploading", "verifying", "fetching", "waiting"];

/**
 * Reads nothing and sends nothing until it is used.
 * @param runs `transferRuns`, or what loads it when the first of them is called
 */
export function createTransfers(deps: TransferDeps, runs: TransferRuns): Transfers {
  const ledger = createLedger(deps.journal, deps.now, () => show());
  const speedometer = createSpeedometer();
  const stop = (id: string) => runner.stop(id);
  const sources = createSources(deps, ledger, stop);
  const runner = createRunner({
    ...{ deps, ledger, runs, slots: createSlots(), checkSources: () => sources.check() },
    staged: (id, bytes, signal) => untilStaged(ledger, sources, id, bytes, signal),
    progressed: (bytes) => {
      speedometer.add(bytes, deps.now());
      show();
    },
  });
  const stager = createStager(deps, ledger, sources, stop);
  const leftovers = createLeftovers(deps, ledger, runs.abort);
  const show = throttle(() => inBackground(publish()), viewInterval, deps.pause);
  let sweptInVain = 0;
  let loaded = false;
  let check: Promise<void> | null = null;

  const control: Control = {
    ...{ deps, ledger, runner, sources, ready },
    checked: async () => {
      await ready();
      await check;
    },
    pump: () => {
      runner.pump();
      stager.pump();
    },
    sweep: throttle(() => inBackground(sweepLate()), sweepInterval, deps.pause),
  };
  // Whoever ends a transfer need not think of what S3 holds of it.
  ledger.listen((before, after) => {
    if (before !== undefined && before.partSize > 0 && isGivenUp(before, after)) control.sweep();
  });
  // After all others have seen a change.
  ledger.listen((before, after) => {
    if (!loaded) return;
    // The person waits for it: not a quarter of a second more. Of small ones there may be hundreds in that time.
    if (isLargeAndDone(after) && !isLargeAndDone(before)) inBackground(publish());
    else show();
  });

  /** Parts that were under way when their transfer was stopped come to nothing first: S3 keeps what arrives after an abort. */
  async function sweepLate(): Promise<void> {
    await deps.pause(sweepDelay);
    const { left } = await leftovers.sweep().finally(show);
    if (left === 0) sweptInVain = 0;
    const pause = left === 0 ? undefined : sweepPauses[sweptInVain++];
    if (pause === undefined) return;
    await deps.pause(pause);
    control.sweep();
  }

  async function publish(): Promise<void> {
    const problem = ledger.problem();
    // Before the journal was read an empty list would be a lie.
    if (!loaded) return problem === null ? undefined : deps.changed({ ...noTransfers, problem });
    const owner = await deps.owner();
    const mine = [...ledger.all()].filter((record) => sameOwner(record.owner, owner));
    const count = leftovers.count(owner);
    const now = deps.now();
    const shown = { meter: runner.meter, now, speed: speedometer.speed(now), leftovers: count, problem };
    deps.changed(toTransfersView(mine, shown), owner);
  }

  async function ready(): Promise<void> {
    if (loaded) return;
    try {
      await ledger.load();
    } catch (error) {
      inBackground(publish());
      throw error;
    }
    if (loaded) return;
    loaded = true;
    check = sources.check().then(() => stager.pump());
    inBackground(check);
    show();
  }

  return {
    ...createBeginnings(control),
    ...createOrders(control),
    list: async ({ cursor, limit }) => {
      const mine = await ownRecords(control);
      const found = firstInOrder(mine, limit + 1, cursor === undefined ? null : fromCursor(cursor));
      const last = found.length > limit ? found[limit - 1] : undefined;
      const now = deps.now();
      const rows = found.slice(0, limit).map(({ record }) => toTransferView(record, runner.meter(record.id), now));
      return { rows, cursor: last === undefined ? null : toCursor(last.at) };
    },
    cleanUp: async () => {
      await ready();
      const owner = await deps.owner();
      if (owner === null) return { aborted: 0, left: 0 };
      const result = await leftovers.sweep(owner);
      show();
      return result;
    },
    resume: async () => {
      await ready();
      const waiting = [...ledger.all()].filter((record) => record.state === "waiting" && !needsFile(record));
      const profiles = [...new Set(waiting.map(({ owner }) => owner.profile))];
      const signedIn = new Map(
        await Promise.all(profiles.map(async (profile) => [profile, await deps.identity(profile)] as const)),
      );
      const mine = waiting.filter(({ owner }) => signedIn.get(owner.profile) === owner.identity);
      // A journal that cannot be written just now: in memory they go on, and say so when they need it.
      inBackground(
        applyAll(
          ledger,
          mine.map(({ id }) => id),
          () => ({ type: "resumed" }),
        ),
      );
      control.pump();
      sweptInVain = 0;
      control.sweep();
    },
    suspend: async (profile, spared) => {
      const error = toWireError(new HoldallError("signed-out"));
      const theirs = [...ledger.all()].filter(({ owner, state }) => {
        return owner.profile === profile && owner.identity !== spared && suspendable.includes(state);
      });
      for (const { id } of theirs) runner.stop(id);
      // A journal that cannot be written must not hold up a sign-out: the requests are stopped already.
      const events = theirs.map(({ id }) => ledger.apply(id, { type: "blocked", error, counted: false }));
      // Where their bytes went is a cache of what they have, and goes with them; a journal that fails says so elsewhere.
      const gone = spared === undefined ? [deps.journal.forgetKnown({ profile })] : [];
      await Promise.allSettled([...events, ...gone]);
    },
    forget: async ({ profile, identity }) => {
      await ready();
      const theirs = [...ledger.all()].filter(({ owner }) => {
        return owner.profile === profile && (identity === undefined || owner.identity === identity);
      });
      for (const { id } of theirs) runner.stop(id);
      if (theirs.length > 0) await ledger.remove(theirs.map(({ id }) => id));
      await deps.journal.forgetKnown(identity === undefined ? { profile } : { profile, identity });
      control.sweep();
    },
    publish: async () => {
      await ready();
      await publish();
    },
    settled: async (id) => {
      await ready();
      return await ledger.settled(id);
    },
    known: async (id) => {
      await control.checked();
      const record = ledger.get(id);
      // Without its bytes it is not known: whoever has them can begin it anew.
      return record !== undefined && (hasEnded(record) || isStaged(record) || sources.holds(id));
    },
    busy: (profile) => {
      for (const record of ledger.all()) {
        if ((profile === undefined || record.owner.profile === profile) && goesOnByItself(record)) return true;
      }
      return false;
    },
  };
}

/** Ended just now, or taken off the list: nobody needs what was sent of it. One that is done may have given up a name that was taken. */
function isGivenUp(before: TransferRecord, after: TransferRecord | undefined): boolean {
  if (after === undefined) return before.state !== "done";
  return !hasEnded(before) && hasEnded(after);
}

/** What waits for a sign-in, a file or the person is woken by that alone. */
function goesOnByItself(record: TransferRecord): boolean {
  if (hasEnded(record) || record.state === "paused") return false;
  const code = record.state === "waiting" ? record.error?.code : undefined;
  return code !== "signed-out" && code !== "session-ended" && code !== "file-needed";
}

function isLargeAndDone(record: TransferRecord | undefined): boolean {
  return record?.state === "done" && !isSmall(record);
}
