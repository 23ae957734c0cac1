/** Takes a capture from one state to the next, until it ends or rests. */
import type { CaptureRow, CaptureSettings, NameConflict } from "../messaging/captures-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { usesCounter } from "../shared/naming/check-template.ts";
import { nameCapture, ruleFor } from "../shared/naming/name-capture.ts";
import { fromWireError } from "../shared/result.ts";
import { ulid } from "../shared/ulid.ts";
import { captureRow } from "./capture-row.ts";
import type { CaptureOutcome, CaptureOwner } from "./captures.ts";
import type { Progress } from "./captures-view.ts";
import { createClaims } from "./claims.ts";
import { captureSortKey, indexItem } from "./index-item.ts";
import { isStored } from "./is-stored.ts";
import type { CaptureLedger } from "./ledger.ts";
import { failedOutcome } from "./outcomes.ts";
import { createQueue } from "./queue.ts";
import { type CaptureRecord, type Described, ownerOf } from "./record.ts";
import type { CaptureServiceDeps } from "./service-deps.ts";
import { siteOf } from "./site-of.ts";
import type { Taken } from "./taken.ts";

/** What is taken at the same time: more would slow each other down. */
const takesAtOnce = 4;
/** Milliseconds until a capture gets another key than its id: other devices have asked for later ones by then. */
const keyAge = 60_000;

export interface AdvanceContext {
  deps: CaptureServiceDeps;
  ledger: CaptureLedger;
  progress: Map<string, Progress>;
  settings(profile: string): Promise<CaptureSettings>;
  /** Changes tags and note of one that is stored. */
  annotateStored(owner: CaptureOwner, id: string, words: { tags: string[]; note: string }): Promise<void>;
  /** Progress was made. */
  moved(): void;
}

/**
 * @returns resolves to how it ended or rests; the record is gone when it ended. Rejects with what stopped it, `cancelled` when
 * it was thrown away.
 */
export type Advance = (id: string, signal: AbortSignal) => Promise<CaptureOutcome>;

export function createAdvance(context: AdvanceContext): Advance {
  const { deps, ledger, progress } = context;
  const takes = createQueue(takesAtOnce);
  /** Bytes that go straight into the transfers' journal. */
  const held = new Map<string, Blob>();
  /** Two clicks on the same within a second: the later one waits until the earlier is stored, and is then known. */
  const claims = createClaims();

  async function end(id: string, outcome: CaptureOutcome): Promise<CaptureOutcome> {
    await ledger.remove([id]);
    return outcome;
  }

  async function take(record: CaptureRecord, signal: AbortSignal): Promise<CaptureOutcome | null> {
    const { id, profile, allowAddress, request } = record;
    const { selection, page: pageFormat } = await context.settings(profile);
    const watch = {
      signal,
      progress: (received: number, total: number | null) => {
        progress.set(id, { received, total });
        context.moved();
      },
    };
    const input = { ...request, id, profile, allowAddress, selection, pageFormat };
    const taken = await takes.run(signal, () => deps.take(input, watch)).finally(() => progress.delete(id));
    signal.throwIfAborted();
    const described = describe(taken);
    const owner = await presentOwner(ledger.get(id) ?? record);
    if (owner !== null && claims.isFree(claimOf(owner, described))) {
      held.set(id, taken.bytes);
      return await name(id, owner, described, signal);
    }
    await ledger.apply(id, { type: "kept", described }, taken.bytes);
    return null;
  }

  /** Whose it is, while they are signed in. */
  async function presentOwner(record: CaptureRecord): Promise<CaptureOwner | null> {
    const owner = ownerOf(record);
    return owner !== null && (await deps.identity(owner.profile)) === owner.identity ? owner : null;
  }

  /** Gives it its place, unless the same bytes are there already. */
  async function name(
    id: string,
    owner: CaptureOwner,
    described: Described,
    signal: AbortSignal,
  ): Promise<CaptureOutcome | null> {
    const settings = await context.settings(owner.profile);
    if (settings.duplicates === "skip") await claims.take(claimOf(owner, described), id, signal);
    const record = ledger.get(id);
    if (record === undefined) throw new HoldallError("cancelled");
    if (settings.duplicates === "skip" && record.request.kind !== "bookmark") {
      const row = await deps.mirror.byHash(owner, described.sha256).catch(() => null);
      if (row !== null) {
        return await end(id, { state: "known", row: await addWords(owner, row, record.request) });
      }
    }
    const key = deps.now() - record.at > keyAge ? ulid() : id;
    const place = await placeOf(record, described, key, settings);
    await ledger.apply(id, { type: "named", described, key, ...place });
    return null;
  }

  /** What was typed for these bytes belongs to the capture that has them, after its own words. */
  async function addWords(
    owner: CaptureOwner,
    row: CaptureRow,
    typed: { tags: string[]; note: string },
  ): Promise<CaptureRow> {
    if (typed.tags.length === 0 && typed.note === "") return row;
    const tags = [...new Set([...row.tags, ...typed.tags])];
    const note = [row.note, typed.note].filter((text) => text !== "").join("\n");
    await context.annotateStored(owner, row.id, { tags, note });
    return { ...row, tags, note };
  }

  async function placeOf(record: CaptureRecord, described: Described, key: string, settings: CaptureSettings) {
    const { profile, request, at } = record;
    const { kind, url, page } = request;
    const site = siteOf(page.url || url);
    const counts = usesCounter(ruleFor(settings, { site, kind }).template);
    const counter = counts ? await deps.journal.count(profile) : 0;
    const { name, type, extension, sha256 } = described;
    const facts = { kind, url, page: page.url, title: page.title, name, site, type, extension, sha256, at };
    return nameCapture(settings, { ...facts, id: key, counter });
  }

  async function send(record: CaptureRecord, signal: AbortSignal): Promise<void> {
    const { id, key, path, described } = record;
    const owner = ownerOf(record);
    if (owner === null || key === null || path === null || described === null) throw damaged();
    if (!(await deps.uploads.known(key))) {
      const file = held.get(id) ?? (await deps.journal.bytes(id));
      if (file === null) {
        // Taken once more, if it is still there; it may be other bytes by now, so it is named anew too.
        await ledger.apply(id, { type: "lost" });
        return;
      }
      const ifExists = conflictRule(record.ifExists);
      signal.throwIfAborted();
      await deps.uploads.upload({ id: key, owner, file, path, contentType: described.type, ifExists });
      if (ledger.get(id) === undefined) {
        // Thrown away in this very moment: nobody else knows of the upload.
        await deps.uploads.cancel([key]);
        await deps.uploads.dismiss([key]);
      }
    }
    held.delete(id);
    await ledger.apply(id, { type: "staged" }, null);
  }

  async function awaitUpload(record: CaptureRecord): Promise<CaptureOutcome | null> {
    const { id, key, path, ifExists } = record;
    const owner = ownerOf(record);
    if (owner === null || key === null || path === null) throw damaged();
    const outcome = await deps.uploads.settled(key);
    if (outcome?.state === "failed") {
      if (outcome.error?.code === "file-exists" && ifExists === "skip") {
        await deps.uploads.dismiss([key]);
        return await end(id, { state: "skipped", path });
      }
      throw fromWireError(outcome.error);
    }
    // A transfer that was taken off the list had ended; how, S3 knows.
    const there = outcome === null ? await isStored(await deps.store(owner), record) : outcome.state === "done";
    if (!there) return await end(id, { state: "discarded" });
    await ledger.apply(id, { type: "stored", path: outcome?.path ?? path });
    return null;
  }

  async function writeItem(record: CaptureRecord): Promise<CaptureOutcome> {
    const owner = ownerOf(record);
    const row = captureRow(record);
    if (owner === null || row === null) throw damaged();
    try {
      await (await deps.store(owner)).putItem(captureSortKey(row.id), indexItem(row));
    } catch (error) {
      if (!(error instanceof HoldallError && error.code === "item-conflict")) throw error;
      // Nobody else uses this ULID: the item is our own, from a write whose answer was lost. Words may be newer.
      const { tags, note } = row;
      await context.annotateStored(owner, row.id, { tags, note });
    }
    // The next sync brings it.
    await deps.mirror.put(owner, row).catch((error) => log.warn("captures' mirror", error));
    return await end(record.id, { state: "saved", row });
  }

  return async (id, signal) => {
    try {
      for (;;) {
        signal.throwIfAborted();
        const record = ledger.get(id);
        if (record === undefined) return { state: "discarded" };
        const outcome = await step(record, signal);
        if (outcome !== null) return outcome;
      }
    } catch (error) {
      throw signal.aborted ? new HoldallError("cancelled") : error;
    } finally {
      held.delete(id);
      claims.release(id);
    }
  };

  /** null: it goes on. */
  async function step(record: CaptureRecord, signal: AbortSignal): Promise<CaptureOutcome | null> {
    switch (record.state) {
      case "asked":
        return await take(record, signal);
      case "taken": {
        const owner = await presentOwner(record);
        if (owner === null || record.described === null) return { state: "kept" };
        return await name(record.id, owner, record.described, signal);
      }
      case "sending":
        await send(record, signal);
        return null;
      case "uploading":
        return await awaitUpload(record);
      case "indexing":
        return await writeItem(record);
      case "failed":
        return failedOutcome(record);
    }
  }
}

function claimOf({ profile, identity }: CaptureOwner, { sha256 }: Described): string {
  return JSON.stringify([profile, identity, sha256]);
}

function describe({ bytes, ...rest }: Taken): Described {
  return { ...rest, size: bytes.size };
}

function conflictRule(rule: NameConflict): "keep-both" | "replace" | "fail" {
  return rule === "skip" || rule === "ask" ? "fail" : rule;
}

function damaged(): HoldallError {
  return new HoldallError("internal", { subs: ["a capture without description"] });
}
