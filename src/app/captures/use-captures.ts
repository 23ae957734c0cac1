import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { CaptureFacets, PendingCapture } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { useReloadAfter } from "../use-reload-after.ts";
import { type CapturePages, createCapturePages } from "./capture-pages.ts";

/** Milliseconds between two looks while the mirror is being filled. */
const syncLook = 1500;

export interface Captures {
  pages: CapturePages;
  /** Null until they are known. */
  facets: CaptureFacets | null;
  /** Looks again at list and facets, without a request. */
  renew: () => Promise<void>;
}

/** The person's captures, and what one can filter by: looked at again when a capture ends, and when the page is seen again. */
export function useCaptures({ profile }: Owner, pending: PendingCapture[]): Captures {
  const facets = useSignal<CaptureFacets | null>(null);
  const [pages, look, renew] = useMemo(() => {
    const list = createCapturePages((input) => call("captures.list", { profile, ...input }));
    const look = async () => {
      // Without facets nothing is offered to filter by; the list says what is wrong.
      const known = await call("captures.facets", { profile }).catch(() => null);
      if (known !== null) facets.value = known;
    };
    return [list, look, async () => void (await Promise.all([list.renew(), look()]))] as const;
    // A page belongs to one person.
  }, []);
  useReloadAfter(useEnded(pending), renew);
  useEffect(() => {
    // The list comes with its filter.
    void look();
    const seen = () => {
      if (document.visibilityState === "visible") void renew();
    };
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [look, renew]);
  const syncing = facets.value?.syncing === true;
  useEffect(() => {
    if (!syncing) return;
    const timer = setInterval(() => void renew(), syncLook);
    return () => {
      clearInterval(timer);
      // What came between the last look and the end.
      void pages.renew();
    };
  }, [pages, renew, syncing]);
  return { pages, facets: facets.value, renew };
}

/** How many captures under way have ended since the page was opened. */
function useEnded(pending: PendingCapture[]): number {
  const before = useRef(new Set<string>());
  const ended = useRef(0);
  const now = new Set(pending.map(({ id }) => id));
  for (const id of before.current) if (!now.has(id)) ended.current += 1;
  before.current = now;
  return ended.current;
}
