/**
 * What the person has decided on. They may give less than a page would like, at once or later; the page that likes as much at each
 * load is answered with what they gave, or a window would open each time.
 */
import { atLeast, larger } from "../shared/site/site-access.ts";
import type { SiteGrant, SiteWish, WishedAccess } from "../shared/site/site-grant.ts";

/** Whether the person has decided on all of a wish: it is given, or as much was before them when they gave less. */
export function isDecided({ decided, ...given }: SiteGrant, wish: WishedAccess): boolean {
  const about = (what: "files" | "items") => atLeast(larger(given[what], decided?.[what] ?? "none"), wish[what]);
  return (
    about("files") &&
    about("items") &&
    (!wish.ownItems || given.ownItems || decided?.ownItems === true) &&
    // Whatever folder they chose was their answer to a folder.
    (wish.folder === null || given.folder !== null || decided?.folder === withSlash(wish.folder))
  );
}

/**
 * What is decided on by giving something else than `before`: what that was, and what it was given for.
 * @param before null where there is none, or its time is over @param wish null where the page said none
 */
export function decidedOn(before: SiteGrant | null, wish: SiteWish | null): WishedAccess | undefined {
  const [first, ...others] = [wish, before?.decided ?? null, before].filter((one) => one !== null);
  if (first === undefined) return undefined;
  return others.map(accessOf).reduce(
    (all, one) => ({
      files: larger(all.files, one.files),
      items: larger(all.items, one.items),
      // A page that asked for several by turns is asked about: the last one is what it would like by now.
      folder: all.folder ?? one.folder,
      ownItems: all.ownItems || one.ownItems,
    }),
    accessOf(first),
  );
}

function accessOf({ files, items, folder, ownItems }: WishedAccess): WishedAccess {
  return { files, items, folder: folder === null ? null : withSlash(folder), ownItems };
}

function withSlash(folder: string): string {
  return folder.endsWith("/") ? folder : `${folder}/`;
}
