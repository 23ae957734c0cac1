/** Whose data it is: one identity of one profile. */
export interface Owner {
  profile: string;
  identity: string;
}

export function sameOwner(a: Owner | null, b: Owner | null): boolean {
  return a?.profile === b?.profile && a?.identity === b?.identity;
}
