import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import type { Profile } from "../shared/profile.ts";
import { type Policy, unmanaged } from "./policy.ts";
import type { ProfileRules } from "./profile-rules.ts";
import { activeKey, fromKey, knownKey, profileKey } from "./stored-keys.ts";

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
  /** By policy: it is in no storage of ours. */
  managed?: true;
  /** The host whose link it came by. */
  from?: string;
}

export interface Profiles {
  /** Those of the policy first, in its order; then the person's own by name. */
  list(): Promise<KeptProfile[]>;
  /** @throws HoldallError `profile-missing` */
  get(id: string): Promise<Profile>;
  /** The profile that is shown; null when none is kept. */
  active(): Promise<KeptProfile | null>;
  /** @throws HoldallError `profile-missing` */
  select(id: string): Promise<void>;
  /**
   * Forgets a profile; another becomes the active one. `leave` is called before.
   * @throws HoldallError `managed`, `profile-missing`
   */
  remove(id: string, leave: (id: string) => Promise<void>): Promise<void>;
  policy(): Promise<Policy>;
  /**
   * Reads the policy anew. `leave` is called for each profile that it named before and names no more, while that can still be
   * got: whoever is signed in there can be signed out at the provider too.
   */
  policyChanged(leave: (id: string) => Promise<void>): Promise<void>;
}

export interface ProfilesDeps {
  area: ProfileArea;
  /** What the administrator's policy says, not yet checked. */
  managed(): Promise<Record<string, unknown>>;
  /** What checks profiles; asked for when there is one to check: those that are kept were checked before. */
  rules(): Promise<ProfileRules>;
}

/** Knows the profiles, one record each. Whatever writes whole profiles is in edit-profiles.ts. */
export function createProfiles({ area, managed, rules }: ProfilesDeps): Profiles {
  let current: Promise<Policy> | null = null;

  async function readPolicy(): Promise<Policy> {
    const values = await managed();
    return Object.keys(values).length === 0 ? unmanaged : await (await rules()).readPolicy(values);
  }

  function policy(): Promise<Policy> {
    current ??= readPolicy().catch((error) => {
      current = null;
      throw error;
    });
    return current;
  }

  async function checked(value: unknown): Promise<Profile> {
    return isPresent(value) ? value : (await rules()).checkProfile(value);
  }

  async function list(): Promise<KeptProfile[]> {
    const [stored, { profiles: byPolicy }] = await Promise.all([area.getAll(), policy()]);
    const own: KeptProfile[] = [];
    for (const [key, value] of Object.entries(stored)) {
      const id = key.slice(profileKey("").length);
      if (key !== profileKey(id) || byPolicy.some((one) => one.id === id)) continue;
      try {
        const from = stored[fromKey(id)];
        own.push({ id, profile: await checked(value), ...(typeof from === "string" && { from }) });
      } catch (error) {
        // Left where it is: a newer version of the extension may have written it.
        log.warn(`stored profile ${key} is not usable`, error);
      }
    }
    own.sort((a, b) => a.profile.name.localeCompare(b.profile.name) || (a.id < b.id ? -1 : 1));
    return [...byPolicy, ...own];
  }

  async function byPolicy(id: string): Promise<KeptProfile | undefined> {
    return (await policy()).profiles.find((one) => one.id === id);
  }

  async function get(id: string): Promise<Profile> {
    const managed = await byPolicy(id);
    if (managed !== undefined) return managed.profile;
    const stored = await area.get(profileKey(id));
    if (stored === undefined) throw new HoldallError("profile-missing");
    return await checked(stored);
  }

  return {
    list,
    get,
    async active() {
      const kept = await list();
      const id = await area.get(activeKey);
      return kept.find((one) => one.id === id) ?? kept[0] ?? null;
    },
    async select(id) {
      await get(id);
      await area.set(activeKey, id);
    },
    async remove(id, leave) {
      await get(id);
      if ((await byPolicy(id)) !== undefined) throw new HoldallError("managed");
      await leave(id);
      await area.remove([profileKey(id), fromKey(id)]);
    },
    policy,
    async policyChanged(leave) {
      const next = await readPolicy();
      if (next.managed || (await area.get(knownKey)) !== undefined) {
        await (await rules()).followPolicy(area, next, leave);
      }
      current = Promise.resolve(next);
    },
  };
}

/** By form alone: it was checked before it was kept. What is damaged, or of another version, is checked in full. */
function isPresent(value: unknown): value is Profile {
  const { holdall, name, colour, issuer, clientId, region, scopes, credentials, table, bucket, endpoints } = (value ??
    {}) as Record<string, unknown>;
  return (
    holdall === 2 &&
    [name, colour, issuer, clientId, region].every((text) => typeof text === "string") &&
    [scopes, credentials, table, bucket, endpoints].every((part) => typeof part === "object" && part !== null)
  );
}
