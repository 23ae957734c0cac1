import { useEffect } from "preact/hooks";
import type { Owner } from "../ui/state/owner.ts";
import { createListing, type Listing, type Page } from "./listing.ts";

/** Folders that were looked at, so that going back shows them at once. Of one person only. */
const kept = new Map<string, Listing<unknown>>();
let keptFor = "";
const mostKept = 30;

/** The listing of `name` for `owner`: what was there before at once, and the present soon. `load` may depend on both only. */
export function useListing<Row>(
  owner: Owner,
  name: string,
  load: (cursor: string | undefined) => Promise<Page<Row>>,
): Listing<Row> {
  const listing = listingOf(owner, name, load);
  useEffect(() => void listing.reload(), [listing]);
  return listing;
}

function listingOf<Row>(
  owner: Owner,
  name: string,
  load: (cursor: string | undefined) => Promise<Page<Row>>,
): Listing<Row> {
  const person = `${owner.profile} ${owner.identity}`;
  if (person !== keptFor) kept.clear();
  keptFor = person;
  // A name stands for one kind of row.
  const known = kept.get(name) as Listing<Row> | undefined;
  if (known !== undefined) return known;
  const oldest = kept.keys().next();
  if (kept.size >= mostKept && !oldest.done) kept.delete(oldest.value);
  const listing = createListing(load);
  kept.set(name, listing as Listing<unknown>);
  return listing;
}

/** Forgets what was looked at: at sign-out nothing of a person stays. */
export function forgetListings(): void {
  kept.clear();
}
