import type { RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import type { Owner } from "./owner.ts";

interface StoragesDeps<Storage> {
  create(input: {
    /** Of the profile. */
    id: string;
    profile: Profile;
    identity: string;
    credentials: (fresh?: boolean) => Promise<RoleCredentials>;
  }): Storage;
  profile(id: string): Promise<Profile>;
  credentials(profile: string, fresh?: boolean): Promise<RoleCredentials>;
  /** Takes away what the SDK keeps besides its clients. */
  forgetKeys(): void;
  /** Who is signed in to a profile; null when nobody is. */
  identity(profile: string): Promise<string | null>;
}

export interface Storages<Storage> {
  /** @throws HoldallError `signed-out` when another identity, or none, is signed in; `profile-missing` */
  of(owner: Owner): Promise<Storage>;
  /** After a sign-out or a change of the profile. */
  forget(profile: string): void;
}

/** One storage per owner. Each gets credentials only while its own identity is the one that is signed in. */
export function createStorages<Storage>(deps: StoragesDeps<Storage>): Storages<Storage> {
  const storages = new Map<string, { identity: string; storage: Storage }>();
  /** How often each profile was forgotten: what was read of it before is of no use afterwards. */
  const turns = new Map<string, number>();

  async function check({ profile, identity }: Owner): Promise<void> {
    if ((await deps.identity(profile)) !== identity) throw new HoldallError("signed-out");
  }

  async function of(owner: Owner): Promise<Storage> {
    await check(owner);
    const known = storages.get(owner.profile);
    if (known?.identity === owner.identity) return known.storage;
    const turn = turns.get(owner.profile);
    const profile = await deps.profile(owner.profile);
    // It was replaced, or somebody signed out, while it was read.
    if (turns.get(owner.profile) !== turn) return await of(owner);
    const storage = deps.create({
      id: owner.profile,
      profile,
      identity: owner.identity,
      credentials: async (fresh) => {
        const credentials = await deps.credentials(owner.profile, fresh);
        await check(owner);
        return credentials;
      },
    });
    storages.set(owner.profile, { identity: owner.identity, storage });
    return storage;
  }

  return {
    of,
    forget(profile) {
      turns.set(profile, (turns.get(profile) ?? 0) + 1);
      storages.delete(profile);
      deps.forgetKeys();
    },
  };
}
