import type { View } from "../../messaging/view.ts";

/** Whose data a page shows. What was asked for one owner is never shown to another. */
export interface Owner {
  /** Profile id. */
  profile: string;
  /** Identity id. */
  identity: string;
  /** The identity's name, for people. */
  name: string;
}

/** The person who is signed in, also while credentials are being renewed or wait for a sign-in; else null. */
export function ownerOf(view: View): Owner | null {
  if (view.activeProfile === null || !("identity" in view.session)) return null;
  return { profile: view.activeProfile, identity: view.session.identity.id, name: view.session.identity.name };
}

export function sameOwner(a: Owner | null, b: Owner | null): boolean {
  return a?.profile === b?.profile && a?.identity === b?.identity;
}
