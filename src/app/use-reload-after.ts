import { useEffect, useRef } from "preact/hooks";

/** Milliseconds between two reloads: of thousands of small files each arrives a moment after the other. */
const calm = 3000;

/** Reloads when `count` has grown: at once, then at most every few seconds. */
export function useReloadAfter(count: number, reload: () => Promise<void>): void {
  const before = useRef(count);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    const forget = () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
    return forget;
  }, [reload]);
  useEffect(() => {
    const grown = count > before.current;
    before.current = count;
    if (!grown || timer.current !== undefined) return;
    const run = () => {
      timer.current = undefined;
      lastAt.current = performance.now();
      void reload();
    };
    timer.current = setTimeout(run, Math.max(0, lastAt.current + calm - performance.now()));
  }, [count, reload]);
}
