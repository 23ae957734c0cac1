import { useEffect, useRef } from "preact/hooks";
import type { Draft } from "../state/drafts.ts";

/** A text up to this length is written with every letter; a longer one (an item may be 400 KB) in small pauses. */
const short = 10_000;

/**
 * Returns what keeps a draft: soon after each change, and at once when the page goes, since a popup closes without warning.
 * Null drops what was not written yet.
 */
export function useDraftKeeper(write: (draft: Draft) => Promise<void>): (draft: Draft | null) => void {
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; flush: () => void } | null>(null);
  useEffect(() => {
    const flush = () => pending.current?.flush();
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, []);
  return (draft) => {
    clearTimeout(pending.current?.timer);
    pending.current = null;
    if (draft === null) return;
    const flush = () => {
      clearTimeout(pending.current?.timer);
      pending.current = null;
      void write(draft);
    };
    if (draft.text.length < short) flush();
    else pending.current = { flush, timer: setTimeout(flush, 250) };
  };
}
