/**
 * Which sites have stored something: an item of the person's own for each, since nobody may scan the table for partitions. Every
 * device finds them there.
 */
import { HoldallError } from "../../shared/holdall-error.ts";
import { siteName } from "../../shared/site/site-name.ts";
import type { SiteOwner } from "../../sites/grant-book.ts";
import type { Services } from "../services.ts";

const prefix = "holdall#site#";

/** Milliseconds. Another device may delete all that a site stored, and the item with it, while the site goes on here. */
const noteLasts = 60_000;

export interface SiteAreas {
  /** Before a site's writes; it asks the table once a minute at most. */
  note(owner: SiteOwner, origin: string): Promise<void>;
  origins(owner: SiteOwner): Promise<string[]>;
  /** Nothing of the site is left. */
  forget(owner: SiteOwner, origin: string): Promise<void>;
}

export function createSiteAreas({ storages }: Pick<Services, "storages">): SiteAreas {
  const noted = new Map<string, { at: number; writing: Promise<void> }>();
  const keyOf = (owner: SiteOwner, origin: string) => JSON.stringify([owner.profile, owner.identity, origin]);

  async function write(owner: SiteOwner, origin: string): Promise<void> {
    const { items } = await storages.of(owner);
    const attributes = { origin: { S: origin }, since: { S: new Date().toISOString() } };
    await items.putIndexItem(`${prefix}${siteName(origin)}`, attributes).catch((error) => {
      // It is there from another day or device.
      if (!(error instanceof HoldallError && error.code === "item-conflict")) throw error;
    });
  }

  return {
    note(owner, origin) {
      const key = keyOf(owner, origin);
      const known = noted.get(key);
      if (known !== undefined && Math.abs(Date.now() - known.at) < noteLasts) return known.writing;
      const writing = write(owner, origin);
      noted.set(key, { at: Date.now(), writing });
      writing.catch(() => noted.delete(key));
      return writing;
    },
    async origins(owner) {
      const { items } = await storages.of(owner);
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof items.list>> = await items.list({ prefix, cursor });
        for (const { attributes } of page.items) {
          const origin = attributes.origin;
          if (origin !== undefined && "S" in origin && siteName(origin.S) !== null) found.push(origin.S);
        }
        cursor = page.cursor;
      } while (cursor !== null);
      return found;
    },
    async forget(owner, origin) {
      noted.delete(keyOf(owner, origin));
      const { items } = await storages.of(owner);
      await items.versions.delete(`${prefix}${siteName(origin)}`, undefined);
    },
  };
}
