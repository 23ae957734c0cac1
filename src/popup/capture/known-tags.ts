import { signal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import { currentOwner, isCurrent, type Owner } from "../../ui/state/owner.ts";

/** Tags in use, most used first: what the field suggests. */
export const knownTags = signal<string[]>([]);

currentOwner.subscribe(() => {
  knownTags.value = [];
});

/** From the mirror, without a request. Without an answer nothing is suggested. */
export async function loadKnownTags(owner: Owner): Promise<void> {
  const facets = await call("captures.facets", { profile: owner.profile }).catch(() => null);
  if (facets !== null && isCurrent(owner)) knownTags.value = facets.tags.map(([tag]) => tag);
}
