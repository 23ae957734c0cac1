import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** What of a list in a scrolled page is in sight, in pixels from the list's top. */
export interface Sight {
  top: number;
  height: number;
  /** Of the list. */
  width: number;
}

/** Null until it was measured. */
export function useSight(scroller: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>): Sight | null {
  const seen = useSignal<Sight | null>(null);
  useLayoutEffect(() => {
    const [page, box] = [scroller.current, list.current];
    if (page === null || box === null) return;
    const look = () => {
      const top = page.getBoundingClientRect().top - box.getBoundingClientRect().top;
      const next = { top, height: page.clientHeight, width: box.clientWidth };
      const last = seen.peek();
      if (last?.top !== next.top || last.height !== next.height || last.width !== next.width) seen.value = next;
    };
    look();
    const sizes = new ResizeObserver(look);
    // What stands above the list moves it.
    for (const element of [page, ...page.children]) sizes.observe(element);
    page.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      page.removeEventListener("scroll", look);
    };
  }, [scroller, list, seen]);
  return seen.value;
}
