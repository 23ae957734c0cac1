import { signal } from "@preact/signals";
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

/**
 * Who is signed in, set with each view before the view itself. What belongs to a person and outlives a component subscribes to
 * it and goes when they do.
 */
export const currentOwner = signal<Owner | null>(null);

/** Keeps the object while it stands for the same person, so that subscribers hear of changes only. */
export function followOwner(view: View): void {
  const owner = ownerOf(view);
  if (!sameOwner(owner, currentOwner.peek())) currentOwner.value = owner;
}

/** False once somebody else, or nobody, is signed in: what was begun for `owner` stops then. */
export function isCurrent(owner: Owner): boolean {
  return sameOwner(owner, currentOwner.peek());
}
