import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { checkProfile } from "./check-profile.ts";
import type { KeptProfile, ProfileArea, Profiles } from "./create-profiles.ts";
import { parseProfile, profileText } from "./parse-profile.ts";
import { profileId } from "./profile-id.ts";
import { activeKey, fromKey, profileKey } from "./stored-keys.ts";

export interface ProfileEditor {
  /** Checks a text without keeping it. `replaces`: a profile of the same environment is kept already. */
  preview(text: string): Promise<KeptProfile & { replaces: boolean }>;
  /**
   * Keeps a profile under its id, in place of one of the same environment, and makes it the active one.
   * @param from the host whose link it came by
   * @throws HoldallError `import-forbidden`, `managed`
   */
  import(text: string, from?: string): Promise<KeptProfile>;
  /** @throws HoldallError `managed`, `profile-invalid`, `profile-missing` */
  edit(id: string, change: Pick<Profile, "name" | "colour">): Promise<void>;
  /** @throws HoldallError `profile-missing` */
  export(id: string): Promise<string>;
  /** Brings the profiles that came with the package in line with `packaged` (data of /profiles.json, not yet checked). */
  installPackaged(packaged: unknown): Promise<void>;
}

const packagedKey = "packagedProfiles";

/** Writes profiles. Writes wait for each other, so that two imports at once lose nothing. */
export function createProfileEditor(area: ProfileArea, { get, policy }: Profiles): ProfileEditor {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = last.then(task, task);
    last = turn;
    return turn;
  }

  async function refuseManaged(id: string): Promise<void> {
    if ((await policy()).profiles.some((one) => one.id === id)) throw new HoldallError("managed");
  }

  return {
    async preview(text) {
      const profile = parseProfile(text);
      const id = await profileId(profile);
      await refuseManaged(id);
      return { id, profile, replaces: (await area.get(profileKey(id))) !== undefined };
    },
    async import(text, from) {
      if (!(await policy()).allowImport) throw new HoldallError("import-forbidden");
      const profile = parseProfile(text);
      const id = await profileId(profile);
      await refuseManaged(id);
      await inTurn(async () => {
        await area.set(profileKey(id), profile);
        if (from === undefined) await area.remove(fromKey(id));
        else await area.set(fromKey(id), from);
        await area.set(activeKey, id);
      });
      return { id, profile };
    },
    async edit(id, { name, colour }) {
      await refuseManaged(id);
      await inTurn(async () => await area.set(profileKey(id), checkProfile({ ...(await get(id)), name, colour })));
    },
    async export(id) {
      return profileText(await get(id));
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
        for (const { id, profile } of fresh) await area.set(profileKey(id), profile);
        const activeId = await area.get(activeKey);
        const [first] = ids;
        if (first !== undefined && (activeId === undefined || gone.includes(String(activeId)))) {
          await area.set(activeKey, first);
        }
        if (gone.length > 0) await area.remove(gone.map(profileKey));
        await area.set(packagedKey, ids);
      });
    },
  };
}
