import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type Later, loadLater } from "./load-later.ts";

/** Draws something of the later part once that is there. */
export function Behind({ draw }: { draw: (later: Later) => JSX.Element }) {
  const later = useSignal<Later | null>(null);
  useEffect(() => {
    void loadLater().then((part) => {
      later.value = part;
    });
  }, []);
  return later.value === null ? null : draw(later.value);
}
