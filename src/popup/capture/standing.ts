import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { CaptureRow, PendingCapture } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../../ui/error-text.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { loadSavedHere } from "./saved-here.ts";
import { goOnWith, type Taking } from "./taking.ts";

/** Where the capture of the form stands. */
export type Standing =
  | { at: "starting" }
  /** Not journalled: nothing of it is there. */
  | { at: "refused"; error: HoldallError }
  | { at: "pending"; capture: PendingCapture }
  | { at: "kept" }
  | Found;

type Found =
  | { at: "saved"; row: CaptureRow }
  /** The same bytes were there already. */
  | { at: "known"; row: CaptureRow }
  /** A rule says that the one of the same name stays alone. */
  | { at: "skipped" }
  /** The person has thrown it away, here or among the transfers. */
  | { at: "discarded" }
  | { at: "unknown"; error: HoldallError };

/** Milliseconds that a view may come after the answer to a command. */
const late = 250;

/** Follows a capture: in the view while it is under way, then once in the mirror for what became of it. */
export function useStanding(now: Taking, { captures }: View, owner: Owner | null): Standing {
  const found = useSignal<Found | null>(null);
  const seen = useRef<string | null>(null);
  const id = now.id.value;
  const capture = captures.pending.find((one) => one.id === id);
  if (capture !== undefined) seen.current = capture.id;
  const gone = id !== null && capture === undefined;
  useEffect(() => {
    found.value = null;
    if (!gone || owner === null) return;
    let ended = false;
    const look = async () => {
      const what = await find(owner, now, id);
      if (ended) return;
      found.value = what;
      if (what.at === "known") goOnWith(now, what.row);
    };
    const timer = setTimeout(look, seen.current === id ? 0 : late);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [id, gone, owner?.identity]);
  if (now.error.value !== null) return { at: "refused", error: now.error.value };
  if (capture !== undefined) return { at: "pending", capture };
  if (id !== null && owner === null) return { at: "kept" };
  return found.value ?? { at: "starting" };
}

async function find(owner: Owner, { profile }: Taking, id: string): Promise<Found> {
  try {
    const [here, { outcome }] = await Promise.all([loadSavedHere(owner), call("captures.outcome", { id })]);
    if (outcome?.state === "known") return { at: "known", row: outcome.row };
    if (outcome?.state === "skipped") return { at: "skipped" };
    const row = here.find((one) => one.id === id) ?? (await call("captures.get", { profile, id }).catch(missing));
    return row === null ? { at: "discarded" } : { at: "saved", row };
  } catch (error) {
    return { at: "unknown", error: asHoldallError(error) };
  }
}

function missing(error: unknown): null {
  if (asHoldallError(error).code === "item-missing") return null;
  throw error;
}
