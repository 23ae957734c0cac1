/** From a click to an object in the folder and an item that describes it; and what is done with it later. */
import { type CaptureRow, type CaptureSettings, defaultCaptureSettings } from "../messaging/captures-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { checkTemplate } from "../shared/naming/check-template.ts";
import { toWireError } from "../shared/result.ts";
import { ulid } from "../shared/ulid.ts";
import { createAdvance } from "./advance.ts";
import type { CaptureOutcome, CaptureOwner, CaptureService } from "./captures.ts";
import { capturesView, type Progress } from "./captures-view.ts";
import { createChores } from "./chores.ts";
import { captureSortKey, indexItem, readIndexItem } from "./index-item.ts";
import { createCaptureLedger } from "./ledger.ts";
import type { CaptureEvent } from "./machine.ts";
import { isPassing, offersFor, triesAgain } from "./offers.ts";
import { createOutcomes } from "./outcomes.ts";
import { type CaptureRecord, ownerOf } from "./record.ts";
import type { CaptureServiceDeps } from "./service-deps.ts";
import type { CaptureRequest } from "./taken.ts";
import { createThrottle } from "./throttle.ts";

/** Bytes that are shown at most, and of which a small picture is drawn. */
const mostRead = 64 * 1024 ** 2;
const mostDrawn = 32 * 1024 ** 2;
/** Milliseconds. */
const readPatience = 300_000;

export function createCaptureService(deps: CaptureServiceDeps): CaptureService {
  const { journal, mirror, uploads } = deps;
  const progress = new Map<string, Progress>();
  const active = new Map<string, { work: Promise<void>; abort: AbortController }>();
  const outcomes = createOutcomes();
  const chores = createChores(deps);
  const kept = new Map<string, CaptureSettings>();
  /** Key of the stored capture by the id that it had on its way. */
  const keys = new Map<string, string>();
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
    void tellWhatWaits(id, signal);
    let outcome: CaptureOutcome;
    try {
      outcome = await advance(id, signal);
    } catch (error) {
      outcome = await rest(id, error);
    }
    if (outcome.state === "saved") keys.set(id, outcome.row.id);
    outcomes.tell(id, outcome);
  }

  /** What cannot be sent just now is kept, as far as anybody who waits for it is concerned. */
  async function tellWhatWaits(id: string, signal: AbortSignal): Promise<void> {
    for (let looks = 0; looks < 240 && !signal.aborted; looks++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      const record = ledger.get(id);
      if (record === undefined || record.state === "failed") return;
      const owner = ownerOf(record);
      if ((record.state !== "uploading" && record.state !== "taken") || owner === null) continue;
      if (await deps.canSend(owner)) continue;
      outcomes.tell(id, { state: "kept" });
      return;
    }
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

  async function row(owner: CaptureOwner, id: string): Promise<CaptureRow> {
    const key = keys.get(id) ?? id;
    const known = await mirror.get(owner, key);
    if (known !== null) return known;
    const found = readIndexItem(await (await deps.store(owner)).item(captureSortKey(key)));
    if (found === null) throw new HoldallError("item-missing");
    await mirror.put(owner, found);
    return found;
  }

  async function read(owner: CaptureOwner, { path, size }: CaptureRow, most: number): Promise<Blob> {
    if (size > most) throw new HoldallError("capture-too-large", { subs: [String(Math.floor(most / 1024 ** 2))] });
    return await (await deps.store(owner)).read(path, AbortSignal.timeout(readPatience));
  }

  async function annotateStored(owner: CaptureOwner, id: string, words: { tags: string[]; note: string }) {
    const objects = await deps.store(owner);
    const sortKey = captureSortKey(keys.get(id) ?? id);
    const item = await objects.item(sortKey);
    const known = readIndexItem(item);
    if (known === null) throw new HoldallError("item-missing");
    const { tags: _tags, note: _note, ...others } = item.attributes;
    const { tags, note } = indexItem({ ...known, ...words });
    const attributes = { ...others, ...(tags !== undefined && { tags }), ...(note !== undefined && { note }) };
    const saved = readIndexItem(await objects.saveItem({ sortKey, attributes, basis: item.attributes }));
    if (saved !== null) await mirror.put(owner, saved);
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
    list: (owner, input) => mirror.list(owner, input),
    facets: (owner) => mirror.facets(owner),
    here: (owner, url) => mirror.byPage(owner, url),
    get: row,
    refresh: (owner) => mirror.refresh(owner),
    annotate: async (owner, id, words) => {
      const [record] = await own([id]);
      if (record !== undefined) {
        const noted = await ledger.apply(id, { type: "annotated", ...words }).catch(() => null);
        if (noted !== null) return;
        await outcomes.of(id, ledger.get(id) !== undefined);
      }
      if (owner === null) throw new HoldallError(record === undefined ? "item-missing" : "signed-out");
      await annotateStored(owner, id, words);
    },
    move: async (owner, id, path) => await chores.move(owner, await row(owner, id), path),
    remove: async (owner, id) => await chores.remove(owner, await row(owner, id)),
    restore: (owner, undo) => chores.restore(owner, undo),
    thumbnail: async (owner, id) => {
      const key = keys.get(id) ?? id;
      const known = await mirror.thumbnail(owner, key);
      if (known !== null) return known;
      const stored = await row(owner, id);
      if (!stored.type.startsWith("image/") || stored.size > mostDrawn) return null;
      const image = await deps.thumbnail(await read(owner, stored, mostDrawn));
      if (image !== null) await mirror.putThumbnail(owner, key, image).catch((error) => log.warn("thumbnail", error));
      return image;
    },
    read: async (owner, id) => {
      const stored = await row(owner, id);
      return (await read(owner, stored, mostRead)).slice(0, stored.size, stored.type);
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
