import { signal } from "@preact/signals";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import { currentOwner, isCurrent, type Owner } from "../../ui/state/owner.ts";
import { canCapture, pageTab } from "../page-tab.ts";

/** What the mirror has of the page in view, newest first; null until it has answered. */
export const savedHere = signal<CaptureRow[] | null>(null);

currentOwner.subscribe(() => {
  savedHere.value = null;
});

/** From the mirror, without a request. */
export async function loadSavedHere(owner: Owner): Promise<CaptureRow[]> {
  const url = pageTab()?.url ?? "";
  if (!canCapture("any")) return [];
  const { saved } = await call("captures.here", { profile: owner.profile, url });
  if (isCurrent(owner)) savedHere.value = saved;
  return saved;
}
