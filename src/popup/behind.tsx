import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type Later, loadedLater, loadLater } from "./load-later.ts";

interface BehindProps {
  draw: (later: Later) => JSX.Element;
  /** Holds its place until then. */
  meanwhile?: JSX.Element;
}

/** Draws something of the later part once that is there. */
export function Behind({ draw, meanwhile }: BehindProps) {
  const later = useSignal(loadedLater());
  useEffect(() => {
    if (later.value !== null) return;
    void loadLater().then((part) => {
      later.value = part;
    });
  }, [later]);
  return later.value === null ? (meanwhile ?? null) : draw(later.value);
}
