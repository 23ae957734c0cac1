import type { ProfileSummary } from "../messaging/view.ts";
import type { Profile } from "../shared/profile.ts";
import type { KeptProfile } from "./create-profiles.ts";

/** What may tell two profiles of one name apart, the most telling first. */
const marks: ((profile: Profile) => string)[] = [
  ({ issuer }) => new URL(issuer).host,
  ({ bucket }) => bucket.name,
  ({ table }) => table.name,
  ({ region }) => region,
  ({ clientId }) => clientId,
];

/** Profiles as the pages show them. */
export function summariesOf(kept: KeptProfile[]): ProfileSummary[] {
  return kept.map((one) => {
    const { id, profile, managed, from } = one;
    const { name, colour, issuer } = profile;
    const twins = kept.filter((other) => other !== one && other.profile.name === name);
    const mark = marks.find((of) => twins.every((twin) => of(twin.profile) !== of(profile)));
    return {
      id,
      name,
      colour,
      issuer,
      ...(managed && { managed }),
      ...(from !== undefined && { from }),
      ...(twins.length > 0 && { hint: mark?.(profile) ?? id.slice(0, 6) }),
    };
  });
}
