import type { SiteAccess } from "./site-grant.ts";

const ranks: Record<SiteAccess, number> = { none: 0, read: 1, write: 2 };

export function atLeast(has: SiteAccess, wanted: SiteAccess): boolean {
  return ranks[has] >= ranks[wanted];
}

export function larger(a: SiteAccess, b: SiteAccess): SiteAccess {
  return atLeast(a, b) ? a : b;
}

export function smaller(a: SiteAccess, b: SiteAccess): SiteAccess {
  return atLeast(a, b) ? b : a;
}
