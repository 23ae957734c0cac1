/** What pages see of the captures on their way. */
import { type CapturesView, type PendingCapture, pendingRows } from "../messaging/captures-view.ts";
import type { WireError } from "../shared/result.ts";
import type { CaptureRecord } from "./record.ts";
import { shown as shownAddress } from "./shown-address.ts";
import { siteOf } from "./site-of.ts";

export interface Progress {
  received: number;
  total: number | null;
}

/** @param shown whoever is shown; what was taken while nobody was signed in is seen by its number alone once somebody is */
export function capturesView(
  records: CaptureRecord[],
  shown: { profile: string | null; identity: string | null },
  progress: ReadonlyMap<string, Progress>,
  canSend: boolean,
  problem: WireError | null,
): CapturesView {
  const here = records.filter(({ profile }) => profile === shown.profile);
  const mine = here.filter(({ identity }) => identity === shown.identity);
  const unclaimed = here.filter(({ identity }) => identity === null).length;
  const newest = mine.toReversed().slice(0, pendingRows);
  return {
    pending: newest.map((record) => pendingCapture(record, progress.get(record.id), canSend)),
    unclaimed,
    problem,
  };
}

function pendingCapture(record: CaptureRecord, progress: Progress | undefined, canSend: boolean): PendingCapture {
  const { id, request, at, error, offers } = record;
  const { kind, url, page, tags, note } = request;
  return {
    ...{ id, kind, at, error, offers, tags, note },
    url: shownAddress(url),
    page: shownAddress(page.url),
    site: siteOf(page.url),
    title: page.title,
    state: viewState(record, canSend),
    received: progress?.received ?? 0,
    total: progress?.total ?? null,
  };
}

function viewState({ state, identity }: CaptureRecord, canSend: boolean): PendingCapture["state"] {
  if (state === "failed") return "failed";
  if (state === "asked") return "taking";
  return state === "taken" || identity === null || !canSend ? "kept" : "sending";
}
