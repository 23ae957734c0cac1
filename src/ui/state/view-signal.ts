import { type ReadonlySignal, signal } from "@preact/signals";
import type { View } from "../../messaging/view.ts";
import { followView, lastView } from "../../messaging/view-port.ts";
import { followOwner } from "./owner.ts";

export interface LiveView {
  /** Null while nothing is known: a browser that has just started and a background that has not answered yet. */
  view: ReadonlySignal<View | null>;
  /** True when nothing was known and the background has not answered for 3 s. */
  unreachable: ReadonlySignal<boolean>;
}

/** The last known view, ready for the first paint, and every later one. */
export async function createViewSignal(): Promise<LiveView> {
  const last = await lastView().catch(() => null);
  // Revision 0 was never published: "no profile" would be a guess.
  const known = last !== null && last.revision > 0 ? last : null;
  if (known !== null) followOwner(known);
  const view = signal(known);
  const unreachable = signal(false);
  followView((next) => {
    followOwner(next);
    view.value = next;
    unreachable.value = false;
  });
  setTimeout(() => {
    unreachable.value = view.value === null;
  }, 3000);
  return { view, unreachable };
}
