import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Below so many pixels a row takes more lines. */
const narrowBelow = 640;

/** What of a scrolled box is in sight, in pixels. */
export function useWindow(box: RefObject<HTMLElement | null>): { top: number; height: number; narrow: boolean } {
  const seen = useSignal({ top: 0, height: 800, narrow: false });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => {
      const { scrollTop: top, clientHeight: height, clientWidth } = element;
      seen.value = { top, height, narrow: clientWidth < narrowBelow };
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [box, seen]);
  return seen.value;
}
