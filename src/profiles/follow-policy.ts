import type { ProfileArea } from "./create-profiles.ts";
import type { Policy } from "./policy.ts";
import { activeKey, knownKey } from "./stored-keys.ts";

/** The profile that the policy last named as the one to begin with. */
const beginningKey = "managedActive";

/**
 * Brings what is kept in line with a policy that is new: leaves the profiles that it names no more, and shows the one that it names
 * to begin with, once for each time that the policy changes it. What waits for a profile that left stays in the journals, for
 * the day when the policy names it again.
 */
export async function followPolicy(
  area: ProfileArea,
  { managed, profiles, active }: Policy,
  leave: (id: string) => Promise<void>,
): Promise<void> {
  const ids = profiles.map(({ id }) => id);
  const known = await area.get(knownKey);
  const gone = Array.isArray(known) ? known.filter((id) => typeof id === "string" && !ids.includes(id)) : [];
  for (const id of gone) await leave(id);
  if (!managed) {
    await area.remove([knownKey, beginningKey]);
    return;
  }
  await area.set(knownKey, ids);
  if (active !== null && active !== (await area.get(beginningKey))) {
    await area.set(activeKey, active);
    await area.set(beginningKey, active);
  }
}
