/** From a click to an object in the folder and an item that describes it; and what is done with it later. */
import { type CaptureSettings, defaultCaptureSettings } from "../messaging/captures-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { checkTemplate } from "../shared/naming/check-template.ts";
import { toWireError } from "../shared/result.ts";
import { ulid } from "../shared/ulid.ts";
import { createAdvance } from "./advance.ts";
import type { CaptureOutcome, CaptureOwner, CaptureService } from "./captures.ts";
import { capturesView, type Progress } from "./captures-view.ts";
import { createChores } from "./chores.ts";
import { createCaptureLedger } from "./ledger.ts";
import type { CaptureEvent } from "./machine.ts";
import { isPassing, offersFor, triesAgain } from "./offers.ts";
import { createOutcomes } from "./outcomes.ts";
import { type CaptureRecord, ownerOf } from "./record.ts";
import type { CaptureServiceDeps } from "./service-deps.ts";
import { createStoredCaptures } from "./stored-captures.ts";
import type { CaptureRequest } from "./taken.ts";
import { createThrottle } from "./throttle.ts";
import { watchKept } from "./watch-kept.ts";

export function createCaptureService(deps: CaptureServiceDeps): CaptureService {
  const { journal, mirror, uploads } = deps;
  const progress = new Map<string, Progress>();
  const active = new Map<string, { work: Promise<void>; abort: AbortController }>();
  const outcomes = createOutcomes();
  /** Key of the stored capture by the id that it had on its way. */
  const keys = new Map<string, string>();
  const chores = createChores(deps);
  const stored = createStoredCaptures(deps, chores, (id) => keys.get(id) ?? id);
  const kept = new Map<string, CaptureSettings>();
  const tell = createThrottle(publish);
  const ledger = createCaptureLedger(journal, tell);
  const advance = createAdvance({ deps, ledger, progress, settings, moved: tell });

  async function publish(): Promise<void> {
    const shown = await deps.shown();
    const { profile, identity } = shown;
    const canSend = profile !== null && identity !== null && (await deps.canSend({ profile, identity }));
    deps.changed(capturesView(ledger.all(), shown, progress, canSend, ledger.problem()));
  }

  async function settings(profile: string): Promise<CaptureSettings> {
    const known = kept.get(profile) ?? (await journal.settings(profile)) ?? defaultCaptureSettings;
    kept.set(profile, known);
    return known;
  }

  /** Goes on with a capture, in the background; one run at a time. */
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
    let outcome: CaptureOutcome;
    try {
      outcome = await advance(id, signal);
    } catch (error) {
      outcome = await rest(id, error);
    }
    if (outcome.state === "saved") keys.set(id, outcome.row.id);
    outcomes.tell(id, outcome);
  }

  async function rest(id: string, cause: unknown): Promise<CaptureOutcome> {
    const record = ledger.get(id);
    const error = cause instanceof HoldallError ? cause : new HoldallError("internal", { subs: [String(cause)] });
    if (record === undefined || error.code === "cancelled") return { state: "discarded" };
    log.warn("capture not completed", error);
    const offers = offersFor(record, error);
    const wire = toWireError(error);
    const passing = isPassing(error) || record.state === "indexing";
    const failed: CaptureEvent = { type: "failed", error: wire, offers, passing };
    await ledger.apply(id, failed).catch((problem) => log.warn("captures' journal", problem));
    return { state: "failed", error: wire, offers };
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
    for (const { id } of records) active.get(id)?.abort.abort();
    await ledger.remove(records.map(({ id }) => id));
    const sent = records.flatMap(({ key, state, before }) => {
      return key !== null && (state === "failed" ? before : state) !== "indexing" ? [key] : [];
    });
    if (sent.length > 0) {
      await uploads.cancel(sent).catch((error) => log.warn("captures", error));
      await uploads.dismiss(sent).catch((error) => log.warn("captures", error));
    }
    for (const { id } of records) outcomes.tell(id, { state: "discarded" });
  }

  async function retry(record: CaptureRecord, allowAddress: boolean): Promise<void> {
    const { id, key, before, error } = record;
    if (record.state !== "failed") return;
    // The upload has failed by itself: it begins again, under another name when the name was taken.
    if (before === "uploading" && key !== null)
      await uploads.retry([key], error?.code === "file-exists" ? "keep-both" : undefined);
    await ledger.apply(id, { type: "retried", allowAddress });
    start(id);
  }

  /** A conflict that was answered among the transfers: the upload goes on, and so does its capture. */
  async function followUploads(): Promise<void> {
    for (const { id, key, before, state } of ledger.all()) {
      if (state !== "failed" || before !== "uploading" || key === null) continue;
      const undecided = new Promise<"under way">((resolve) => setTimeout(() => resolve("under way"), 50));
      const outcome = await Promise.race([uploads.settled(key), undecided]);
      if (outcome !== "under way" && (outcome === null || outcome.state === "failed")) continue;
      await ledger.apply(id, { type: "retried", allowAddress: false });
      start(id);
    }
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
      start(record.id);
      return { id: record.id };
    },
    settled: async (id) => {
      await ledger.load();
      return await outcomes.of(id, ledger.get(id) !== undefined);
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
      for (const record of await own(ids)) await retry(record, allowAddress);
    },
    saveLink: async (id) => {
      const [record] = await own([id]);
      if (record === undefined) return;
      const running = active.get(id);
      running?.abort.abort();
      await running?.work;
      await ledger.apply(id, { type: "linked" });
      start(id);
    },
    claim: async (owner, take) => {
      await ledger.load();
      const waiting = ledger.all().filter(({ profile, identity }) => profile === owner.profile && identity === null);
      if (!take) return await drop(waiting);
      for (const { id } of waiting) {
        await ledger.apply(id, { type: "adopted", identity: owner.identity });
        start(id);
      }
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
      const owners = new Map<string, CaptureOwner>();
      for (const record of ledger.all()) {
        const owner = ownerOf(record);
        if (owner !== null && (await deps.identity(owner.profile)) === owner.identity) owners.set(owner.profile, owner);
        if (triesAgain(record, deps.now())) await retry(record, false).catch((error) => log.warn("captures", error));
        else if (record.state !== "failed") start(record.id);
      }
      const { profile, identity } = await deps.shown();
      if (profile !== null && identity !== null) owners.set(profile, { profile, identity });
      for (const owner of owners.values()) await chores.resume(owner);
    },
    hostsAdded: async () => {
      await ledger.load();
      for (const record of ledger.all()) if (record.error?.code === "permission-needed") await retry(record, false);
    },
    uploadsChanged: () => void followUploads().catch((error) => log.warn("captures", error)),
    busy: () =>
      ledger.all().some((record) => {
        return record.state === "failed" ? triesAgain(record, deps.now()) : record.state !== "taken";
      }),
    signedIn: async (owner) => {
      await ledger.load();
      await journal.setLastPerson(owner.profile, owner.identity);
      for (const { id, profile, identity, expected } of ledger.all()) {
        if (profile !== owner.profile || identity !== null || expected !== owner.identity) continue;
        await ledger.apply(id, { type: "adopted", identity: owner.identity });
      }
      for (const record of ledger.all()) {
        if (record.profile !== owner.profile || record.identity !== owner.identity) continue;
        const half = record.state === "failed" && record.before === "indexing";
        if (half || triesAgain(record, deps.now()))
          await retry(record, false).catch((error) => log.warn("captures", error));
        else if (record.state !== "failed") start(record.id);
      }
      await chores.resume(owner).catch((error) => log.warn("capture chores", error));
      await mirror.sync(owner);
    },
    signedOut: (profile, successor) => mirror.wipe(profile, successor),
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
