const renewalPrefix = "renew/";

export const alarms = {
  /** Time to renew the session of a profile. */
  renewal: (profile: string) => renewalPrefix + profile,
  /** The screen is locked, and has been for as long as the machine may be idle. */
  lock: "lock",
  /** Time to look whether transfers can go on. */
  transfers: "transfers",
  /** Time to look whether a capture was cut in half. */
  captures: "captures",
  /** The time that a person gave to a site is over. */
  sites: "sites",
};

/** The profile of a renewal's alarm; null for another alarm. */
export function renewalProfile(name: string): string | null {
  return name.startsWith(renewalPrefix) ? name.slice(renewalPrefix.length) : null;
}
