import { useEffect } from "preact/hooks";
import { online } from "../ui/state/online.ts";
import { currentOwner } from "../ui/state/owner.ts";
import { createListing, type Listing, type Page } from "./listing.ts";

/** Folders that were looked at, so that going back shows them at once. */
const kept = new Map<string, Listing<unknown>>();
const mostKept = 30;

// Of one person only, and of nobody after they signed out.
currentOwner.subscribe(() => kept.clear());

/** The listing of `name`: what was there before at once, and the present soon. `load` may depend on the name and the person only. */
export function useListing<Row>(name: string, load: (cursor: string | undefined) => Promise<Page<Row>>): Listing<Row> {
  const listing = listingOf(name, load);
  useEffect(() => void listing.reload(), [listing]);
  useEffect(() => {
    if (online.value && listing.error.peek()?.code === "offline") void listing.retry();
  }, [listing, online.value]);
  return listing;
}

function listingOf<Row>(name: string, load: (cursor: string | undefined) => Promise<Page<Row>>): Listing<Row> {
  // A name stands for one kind of row.
  const known = kept.get(name) as Listing<Row> | undefined;
  if (known !== undefined) return known;
  const oldest = kept.keys().next();
  if (kept.size >= mostKept && !oldest.done) kept.delete(oldest.value);
  const listing = createListing(load);
  kept.set(name, listing as Listing<unknown>);
  return listing;
}
