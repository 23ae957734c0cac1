import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import type { Profile } from "../shared/profile.ts";
import { checkProfile } from "./check-profile.ts";
import { parseProfile, profileText } from "./parse-profile.ts";
import { profileId } from "./profile-id.ts";

/** The part of `storage.local` that profiles need: they hold no secret. */
export interface ProfileArea {
  get(key: string): Promise<unknown>;
  getAll(): Promise<Record<string, unknown>>;
  set(key: string, value: unknown): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

export interface KeptProfile {
  id: string;
  profile: Profile;
}

export interface Profiles {
  /** By name. */
  list(): Promise<KeptProfile[]>;
  /** @throws HoldallError `profile-missing` */
  get(id: string): Promise<Profile>;
  /** The profile that is shown; null when none is kept. */
  active(): Promise<KeptProfile | null>;
  /** @throws HoldallError `profile-missing` */
  select(id: string): Promise<void>;
  /** Checks a text without keeping it. `replaces`: a profile of the same environment is kept already. */
  preview(text: string): Promise<KeptProfile & { replaces: boolean }>;
  /** Keeps a profile under its id, in place of one of the same environment, and makes it the active one. */
  import(text: string): Promise<KeptProfile>;
  /** @throws HoldallError `profile-missing` */
  export(id: string): Promise<string>;
  /** Forgets a profile; another becomes the active one. */
  remove(id: string): Promise<void>;
  /** Brings the profiles that came with the package in line with `packaged` (data of /profiles.json, not yet checked). */
  installPackaged(packaged: unknown): Promise<void>;
}

const prefix = "profile/";
const activeKey = "activeProfile";
const packagedKey = "packagedProfiles";

/** Keeps profiles, one record each. Writes wait for each other, so that two imports at once lose nothing. */
export function createProfiles(area: ProfileArea): Profiles {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = last.then(task, task);
    last = turn;
    return turn;
  }

  async function list(): Promise<KeptProfile[]> {
    const stored = await area.getAll();
    const kept: KeptProfile[] = [];
    for (const [key, value] of Object.entries(stored)) {
      if (!key.startsWith(prefix)) continue;
      try {
        kept.push({ id: key.slice(prefix.length), profile: checkProfile(value) });
      } catch (error) {
        // Left where it is: a newer version of the extension may have written it.
        log.warn(`stored profile ${key} is not usable`, error);
      }
    }
    return kept.sort((a, b) => a.profile.name.localeCompare(b.profile.name) || (a.id < b.id ? -1 : 1));
  }

  async function get(id: string): Promise<Profile> {
    const stored = await area.get(prefix + id);
    if (stored === undefined) throw new HoldallError("profile-missing");
    return checkProfile(stored);
  }

  async function active(): Promise<KeptProfile | null> {
    const kept = await list();
    const id = await area.get(activeKey);
    return kept.find((one) => one.id === id) ?? kept[0] ?? null;
  }

  return {
    list,
    get,
    active,
    async select(id) {
      await get(id);
      await inTurn(() => area.set(activeKey, id));
    },
    async preview(text) {
      const profile = parseProfile(text);
      const id = await profileId(profile);
      return { id, profile, replaces: (await area.get(prefix + id)) !== undefined };
    },
    async import(text) {
      const profile = parseProfile(text);
      const id = await profileId(profile);
      await inTurn(async () => {
        await area.set(prefix + id, profile);
        await area.set(activeKey, id);
      });
      return { id, profile };
    },
    async export(id) {
      return profileText(await get(id));
    },
    async remove(id) {
      await inTurn(() => area.remove(prefix + id));
    },
    async installPackaged(packaged) {
      if (!Array.isArray(packaged)) return;
      const fresh = await Promise.all(
        packaged.map(async (value) => {
          const profile = checkProfile(value);
          return { id: await profileId(profile), profile };
        }),
      );
      await inTurn(async () => {
        const before = await area.get(packagedKey);
        const known = Array.isArray(before) ? before.filter((id) => typeof id === "string") : [];
        const ids = fresh.map(({ id }) => id);
        // A profile that left the package is the old form of one that is in it now, for example with another port.
        const gone = known.filter((id) => !ids.includes(id));
        for (const { id, profile } of fresh) await area.set(prefix + id, profile);
        const activeId = await area.get(activeKey);
        const [first] = ids;
        if (first !== undefined && (activeId === undefined || gone.includes(String(activeId)))) {
          await area.set(activeKey, first);
        }
        if (gone.length > 0) await area.remove(gone.map((id) => prefix + id));
        await area.set(packagedKey, ids);
      });
    },
  };
}
