/**
 * What sites know a person by. The key of it is an item of the person's own, made when the first site asks, so that every device
 * finds the same; no site reads or writes items of this name.
 */
import { localArea, sessionArea } from "../../platform/storage.ts";
import { base64UrlOf, bytesOfBase64Url } from "../../shared/base64.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { once } from "../../shared/once.ts";
import type { SiteOwner } from "../../sites/grant-book.ts";
import { personToken } from "../../sites/person-token.ts";
import type { Services } from "../services.ts";

export interface SitePersons {
  /** Asks AWS once in a session of the browser. @throws HoldallError `signed-out`, and what the storage throws */
  of(owner: SiteOwner, origin: string): Promise<string>;
}

const sortKey = "holdall#person";
const keyLength = 32;
const kept = "site-person/";
/** In `storage.local`: random, and of nobody. */
const deviceKey = "site-person-key";

/** In `storage.session`, by profile: the background may end between two requests. */
interface Kept {
  identity: string;
  table: string;
  /** base64url */
  key: string;
}

const randomKey = () => base64UrlOf(crypto.getRandomValues(new Uint8Array(keyLength)));

export function createSitePersons({ storages, profiles }: Pick<Services, "storages" | "profiles">): SitePersons {
  /** By key, person, place and site: what was computed in this life of the background. */
  const words = new Map<string, string>();

  const ofDevice = once(async () => {
    const known = await localArea.get(deviceKey);
    if (typeof known === "string") return known;
    const made = randomKey();
    await localArea.set(deviceKey, made);
    return made;
  });

  async function stored(owner: SiteOwner): Promise<string> {
    try {
      return await ofPerson(owner);
    } catch (error) {
      // A role that may only read must not keep sites from what they may have; each device has another word for the person then.
      if (error instanceof HoldallError && error.code === "access-denied") return await ofDevice();
      throw error;
    }
  }

  async function ofPerson(owner: SiteOwner): Promise<string> {
    const { items } = await storages.of(owner);
    const read = async () => {
      const { key } = (await items.get(sortKey)).attributes;
      if (key === undefined || !("S" in key) || key.S.length < keyLength) throw new HoldallError("item-missing");
      return key.S;
    };
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof HoldallError && error.code === "item-missing")) throw error;
    }
    const made = randomKey();
    await items.putIndexItem(sortKey, { key: { S: made } }).catch((error) => {
      // Another device, or another page's first request, was quicker.
      if (!(error instanceof HoldallError && error.code === "item-conflict")) throw error;
    });
    return await read();
  }

  return {
    async of(owner, origin) {
      const { table, bucket } = await profiles.get(owner.profile);
      const { identity } = owner;
      const about = { bucket: bucket.name, table: table.name, identity, origin };
      const place = kept + owner.profile;
      const known = (await sessionArea.get(place)) as Kept | undefined;
      const fits = known?.identity === identity && known.table === table.name;
      const key = fits ? known.key : await stored(owner);
      if (!fits) await sessionArea.set(place, { identity, table: table.name, key } satisfies Kept);
      const name = JSON.stringify([key, about]);
      const made = words.get(name) ?? (await personToken(bytesOfBase64Url(key), about));
      words.set(name, made);
      return made;
    },
  };
}

/** Nobody, or somebody else, is signed in to the profile. */
export const forgetSitePerson = (profile: string): Promise<void> => sessionArea.remove(kept + profile);
