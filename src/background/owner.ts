import type { View } from "../messaging/view.ts";

/** Whose data it is: one identity of one profile. */
export interface Owner {
  profile: string;
  identity: string;
}

export function sameOwner(a: Owner | null, b: Owner | null): boolean {
  return a?.profile === b?.profile && a?.identity === b?.identity;
}

/** Whom the view is of; null when nobody is signed in there. */
export function ownerOf({ activeProfile, session }: Pick<View, "activeProfile" | "session">): Owner | null {
  if (activeProfile === null || !("identity" in session)) return null;
  return { profile: activeProfile, identity: session.identity.id };
}
