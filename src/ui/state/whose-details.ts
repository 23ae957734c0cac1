import { signal } from "@preact/signals";
import { currentOwner } from "./owner.ts";

/** What the details of the account hang on, while they are open; it gets the focus back. */
export const detailsAnchor = signal<HTMLElement | null>(null);

currentOwner.subscribe(() => {
  detailsAnchor.value = null;
});
