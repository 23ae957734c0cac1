/** From a click on an image to an object in the folder and an item that describes it. */
import type { CaptureRow } from "../messaging/captures-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { fromWireError } from "../shared/result.ts";
import { ulid } from "../shared/ulid.ts";
import type { CaptureIntent, Described } from "./capture-journal.ts";
import type { CaptureDeps, Captures } from "./captures.ts";
import { captureSortKey, indexItem } from "./index-item.ts";
import { siteOf } from "./site-of.ts";
import type { takeImage } from "./take-image.ts";

/** Milliseconds. */
const oneDay = 24 * 60 * 60 * 1000;

interface Saved {
  path: string;
  sortKey: string;
}

/**
 * The journal is ahead of every step, so a capture goes on wherever the background ended:
 * asked ─(bytes fetched)─▶ described ─(bytes in the transfers' journal)─▶ uploading ─(object there)─▶ index item ─▶ removed
 *
 * @param take `takeImage`, or what loads it
 */
export function createCaptures(deps: CaptureDeps, take: typeof takeImage): Captures {
  const { journal } = deps;
  /** A click and `resume` must not work on one capture at the same time. */
  const active = new Map<string, Promise<Saved | null>>();

  function advance(intent: CaptureIntent): Promise<Saved | null> {
    const running = active.get(intent.id);
    if (running !== undefined) return running;
    const work = complete(intent).finally(() => active.delete(intent.id));
    active.set(intent.id, work);
    return work;
  }

  /** null: the person cancelled the upload. */
  async function complete(start: CaptureIntent): Promise<Saved | null> {
    const intent = await withUpload(start);
    const { described, owner, id } = intent;
    if (described === null) throw new HoldallError("internal", { subs: ["a capture without description"] });
    const outcome = await deps.uploaded(id);
    if (outcome?.state === "failed") throw fromWireError(outcome.error);
    // A transfer that was taken off the list had ended; how, S3 knows.
    const there = outcome === null ? await deps.stored(owner, described.path) : outcome.state === "done";
    if (!there) {
      await journal.remove(id);
      return null;
    }
    await writeItem(intent, described);
    await journal.remove(id);
    return { path: described.path, sortKey: captureSortKey(id) };
  }

  /** The intent once its bytes are in the transfers' journal. */
  async function withUpload(intent: CaptureIntent): Promise<CaptureIntent> {
    if (intent.stage === "uploading") return intent;
    const known = intent.stage === "described" ? await deps.transferKnown(intent.id) : false;
    const staged = known ? intent : await fetchAndStage(intent);
    const uploading: CaptureIntent = { ...staged, stage: "uploading" };
    await journal.put(uploading);
    return uploading;
  }

  async function fetchAndStage(intent: CaptureIntent): Promise<CaptureIntent> {
    const { id, owner } = intent;
    const ownHosts = await deps.ownHosts(owner.profile);
    const { bytes, described } = await take(intent, { ...deps, ownHosts });
    const next: CaptureIntent = { ...intent, stage: "described", described };
    await journal.put(next);
    const { path, type: contentType } = described;
    const file = new Blob([new Uint8Array(bytes)], { type: contentType });
    await deps.upload({ id, owner, file, path, contentType, ifExists: "fail" });
    return next;
  }

  async function writeItem(intent: CaptureIntent, described: Described): Promise<void> {
    try {
      await deps.putIndexItem(intent.owner, captureSortKey(intent.id), indexItem(rowOf(intent, described)));
    } catch (error) {
      // Nobody else uses this ULID: the item is our own, from a write whose answer was lost.
      if (!(error instanceof HoldallError && error.code === "item-conflict")) throw error;
    }
  }

  return {
    saveImage: async ({ srcUrl, pageUrl, title }) => {
      const owner = await deps.owner();
      if (owner === null) throw new HoldallError("signed-out");
      const intent: CaptureIntent = {
        ...{ id: ulid(), owner, srcUrl, pageUrl, title, at: deps.now() },
        ...{ stage: "asked", described: null },
      };
      await journal.put(intent);
      try {
        const saved = await advance(intent);
        if (saved === null) throw new HoldallError("cancelled");
        return saved;
      } catch (error) {
        // The person is told, so what was not even fetched is over.
        await dropUnfetched(intent.id);
        throw error;
      }
    },
    resume: async () => {
      for (const intent of await journal.list()) {
        if ((await deps.identity(intent.owner.profile)) !== intent.owner.identity) continue;
        void advance(intent).catch(async (error: unknown) => {
          log.warn("capture not completed", error);
          // The network may be down just now: a source is tried again for a day.
          const passing = error instanceof HoldallError && error.code === "capture-unfetchable";
          if (passing && deps.now() - intent.at < oneDay) return;
          await dropUnfetched(intent.id).catch(() => undefined);
        });
      }
    },
    forget: async ({ profile, identity }) => {
      for (const { id, owner } of await journal.list()) {
        if (owner.profile === profile && (identity === undefined || owner.identity === identity))
          await journal.remove(id);
      }
    },
  };

  /** Once the bytes are in the transfers' journal a capture is completed; before, there is nothing to complete it from. */
  async function dropUnfetched(id: string): Promise<void> {
    const intent = (await journal.list()).find((candidate) => candidate.id === id);
    if (intent === undefined || intent.stage === "uploading" || (await deps.transferKnown(id))) return;
    await journal.remove(id);
  }
}

function rowOf({ id, srcUrl, pageUrl, title, at }: CaptureIntent, described: Described): CaptureRow {
  return {
    ...{ id, kind: "image", url: srcUrl, page: pageUrl, site: siteOf(pageUrl), title, at, ...described },
    ...{ tags: [], note: "", missing: 0, rev: 1 },
  };
}
