/** From a click to an object in the folder and an item that describes it; and what is done with it later. */
import { type CaptureSettings, defaultCaptureSettings } from "../messaging/captures-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { checkTemplate } from "../shared/naming/check-template.ts";
import { ulid } from "../shared/ulid.ts";
import { createAdvance } from "./advance.ts";
import type { CaptureService } from "./captures.ts";
import { capturesView, type Progress } from "./captures-view.ts";
import { createChores } from "./chores.ts";
import { createCaptureLedger } from "./ledger.ts";
import { createOutcomes, failedOutcome } from "./outcomes.ts";
import { type CaptureRecord, ownerOf } from "./record.ts";
import { createRuns } from "./runs.ts";
import type { CaptureServiceDeps } from "./service-deps.ts";
import { createStoredCaptures } from "./stored-captures.ts";
import type { CaptureRequest } from "./taken.ts";
import { createThrottle } from "./throttle.ts";

export function createCaptureService(deps: CaptureServiceDeps): CaptureService {
  const { journal, mirror, uploads } = deps;
  const progress = new Map<string, Progress>();
  const outcomes = createOutcomes();
  /** Key of the stored capture by the id that it had on its way. */
  const keys = new Map<string, string>();
  const chores = createChores(deps);
  const stored = createStoredCaptures(deps, chores, (id) => keys.get(id) ?? id);
  const kept = new Map<string, CaptureSettings>();
  const tell = createThrottle(publish);
  const ledger = createCaptureLedger(journal, tell);
  const advance = createAdvance({ deps, ledger, progress, settings, moved: tell, annotateStored: stored.annotate });
  const runs = createRuns({ deps, ledger, outcomes, advance, ended: (id, key) => void keys.set(id, key) });

  async function publish(): Promise<void> {
    const shown = await deps.shown();
    const { profile, identity } = shown;
    const canSend = profile !== null && identity !== null && (await deps.canSend({ profile, identity }));
    const view = capturesView(ledger.all(), shown, progress, canSend, ledger.problem());
    deps.changed(view, await nextTry());
  }

  /** When something should be tried again, were nobody to wake us; null when nothing waits for time alone. */
  async function nextTry(): Promise<number | null> {
    const times = await Promise.all(ledger.all().map(runs.nextTry));
    const soonest = Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY), chores.nextTry());
    return Number.isFinite(soonest) ? soonest : null;
  }

  async function settings(profile: string): Promise<CaptureSettings> {
    const known = kept.get(profile) ?? (await journal.settings(profile)) ?? defaultCaptureSettings;
    kept.set(profile, known);
    return known;
  }

  /** The shown person's, and what was taken while nobody was signed in. */
  async function own(ids: string[]): Promise<CaptureRecord[]> {
    await ledger.load();
    const { profile, identity } = await deps.shown();
    return ids
      .flatMap((id) => ledger.get(id) ?? [])
      .filter((record) => record.profile === profile && (record.identity === identity || record.identity === null));
  }

  async function drop(records: CaptureRecord[]): Promise<void> {
    for (const { id } of records) void runs.stop(id);
    await ledger.remove(records.map(({ id }) => id));
    for (const record of records) {
      outcomes.tell(record.id, { state: "discarded" });
      const shown = await deps.shown();
      // Transfers of others are not ours to order about; whoever forgets a profile forgets its transfers too.
      if (shown.identity === null || shown.identity !== record.identity) continue;
      await dropSent(record).catch((error) => log.warn("captures", error));
    }
  }

  /** What was sent already goes too. An object without its index item would be nobody's. */
  async function dropSent(record: CaptureRecord): Promise<void> {
    const { key, path } = record;
    const owner = ownerOf(record);
    if (key === null || path === null || owner === null) return;
    await uploads.cancel([key]);
    const outcome = await uploads.settled(key);
    await uploads.dismiss([key]);
    const state = record.state === "failed" ? record.before : record.state;
    if (state !== "indexing" && outcome?.state !== "done") return;
    await chores.remove(owner, { id: key, path: outcome?.path ?? path });
  }

  return {
    take: async (request: CaptureRequest) => {
      const { profile, identity } = await deps.shown();
      if (profile === null) throw new HoldallError("profile-missing");
      const loading = ledger.load();
      const record: CaptureRecord = {
        ...{ id: ulid(), profile, identity, request, at: deps.now(), state: "asked", before: "asked" },
        expected: identity === null ? await journal.lastPerson(profile) : null,
        ...{ described: null, key: null, path: null, ifExists: "keep-both", error: null, offers: [], attempts: 0 },
        allowAddress: false,
      };
      await loading;
      await ledger.add(record);
      runs.start(record.id);
      return { id: record.id };
    },
    settled: async (id) => {
      await ledger.load();
      const record = ledger.get(id);
      // Outcomes are forgotten with the background; what rests can tell its own.
      if (record?.state === "failed" && !runs.isActive(id)) return failedOutcome(record);
      return await outcomes.of(id, record !== undefined);
    },
    outcome: async (id) => {
      await ledger.load();
      return outcomes.last(id) ?? null;
    },
    ...{ list: stored.list, facets: stored.facets, here: stored.here, get: stored.get, refresh: stored.refresh },
    ...{ move: stored.move, remove: stored.remove, restore: stored.restore },
    ...{ thumbnail: stored.thumbnail, read: stored.read },
    annotate: async (owner, id, words) => {
      const [record] = await own([id]);
      if (record !== undefined) {
        const noted = await ledger.apply(id, { type: "annotated", ...words }).catch(() => null);
        if (noted !== null) return;
        await outcomes.of(id, ledger.get(id) !== undefined);
      }
      if (owner === null) throw new HoldallError(record === undefined ? "item-missing" : "signed-out");
      await stored.annotate(owner, id, words);
    },
    discard: async (ids) => await drop(await own(ids)),
    retry: async (ids, allowAddress) => {
      for (const record of await own(ids)) await runs.retry(record, allowAddress);
    },
    saveLink: async (id) => {
      const [record] = await own([id]);
      if (record === undefined) return;
      await runs.stop(id);
      await ledger.apply(id, { type: "linked" });
      runs.start(id);
    },
    claim: async (owner, take) => {
      await ledger.load();
      const waiting = ledger.all().filter(({ profile, identity }) => profile === owner.profile && identity === null);
      if (!take) return await drop(waiting);
      for (const { id } of waiting) await runs.adopt(id, owner.identity);
    },
    settings,
    configure: async (profile, next) => {
      for (const { template } of [next.fallback, ...next.rules]) checkTemplate(template);
      await journal.setSettings(profile, next);
      kept.set(profile, next);
    },
    publish: async () => {
      await ledger.load();
      await publish();
    },
    resume: async () => {
      await ledger.load();
      await runs.resume();
      const { profile, identity } = await deps.shown();
      if (profile !== null && identity !== null) await chores.resume({ profile, identity });
    },
    hostsAdded: async () => {
      await ledger.load();
      for (const record of ledger.all())
        if (record.error?.code === "permission-needed") await runs.retry(record, false);
    },
    uploadsChanged: () => void runs.followUploads().catch((error) => log.warn("captures", error)),
    signedIn: async (owner) => {
      await ledger.load();
      await journal.setLastPerson(owner.profile, owner.identity);
      for (const { id, profile, identity, expected } of ledger.all()) {
        if (profile === owner.profile && identity === null && expected === owner.identity)
          await runs.adopt(id, owner.identity);
      }
      await runs.resume(owner);
      await chores.resume(owner).catch((error) => log.warn("capture chores", error));
      await mirror.sync(owner);
    },
    signedOut: async (profile, successor) => {
      outcomes.clear();
      keys.clear();
      await mirror.wipe(profile, successor);
    },
    forget: async ({ profile, identity }) => {
      await ledger.load();
      const theirs = ledger.all().filter((record) => {
        return record.profile === profile && (identity === undefined || record.identity === identity);
      });
      await drop(theirs);
      await chores.forget({ profile, ...(identity !== undefined && { identity }) });
      await mirror.wipe(profile);
      if (identity !== undefined) return;
      kept.delete(profile);
      await journal.forgetProfile(profile);
    },
  };
}
