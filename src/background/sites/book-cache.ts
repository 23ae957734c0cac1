/** The grant book with what is asked at every request held in memory: this background is the only one that writes it. */
import type { SiteDay } from "../../messaging/sites-view.ts";
import type { SiteGrant } from "../../shared/site/site-grant.ts";
import type { GrantBook, SiteOwner } from "../../sites/grant-book.ts";

export function createBookCache(book: GrantBook): GrantBook {
  const grants = new Map<string, Promise<SiteGrant | null>>();
  const days = new Map<string, Promise<SiteDay[]>>();
  let origins: Promise<string[]> | null = null;

  const keyOf = ({ profile, identity }: SiteOwner, origin: string) => JSON.stringify([profile, identity, origin]);

  function kept<T>(map: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
    const known = map.get(key);
    if (known !== undefined) return known;
    const coming = read();
    map.set(key, coming);
    coming.catch(() => map.delete(key));
    return coming;
  }

  const changed = (owner: SiteOwner, origin: string) => {
    grants.delete(keyOf(owner, origin));
    origins = null;
  };

  return {
    ...book,
    grant: (owner, origin) => kept(grants, keyOf(owner, origin), () => book.grant(owner, origin)),
    async putGrant(owner, grant) {
      await book.putGrant(owner, grant);
      changed(owner, grant.origin);
    },
    async removeGrant(owner, origin) {
      // Before too: nobody may go by it while it is taken away.
      changed(owner, origin);
      await book.removeGrant(owner, origin);
      changed(owner, origin);
    },
    origins() {
      origins ??= book.origins().catch((error) => {
        origins = null;
        throw error;
      });
      return origins;
    },
    use: (owner, origin) => kept(days, keyOf(owner, origin), () => book.use(owner, origin)),
    async addUse(owner, origin, at, use) {
      await book.addUse(owner, origin, at, use);
      days.delete(keyOf(owner, origin));
    },
  };
}
