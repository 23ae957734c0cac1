import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultLimits, type SiteGrant, type SiteWish, type WishedAccess } from "../../src/shared/site/site-grant.ts";
import { decidedOn, isDecided } from "../../src/sites/decided.ts";

const access = fc.constantFrom("none" as const, "read" as const, "write" as const);
const reach = {
  files: access,
  items: access,
  folder: fc.option(fc.constantFrom("photos", "photos/", "letters/")),
  ownItems: fc.boolean(),
};
const anyWish: fc.Arbitrary<SiteWish> = fc.record({ ...reach, reason: fc.constant(null) });
const anyTerms: fc.Arbitrary<WishedAccess> = fc.record(reach);
const grant = (terms: WishedAccess, decided?: WishedAccess): SiteGrant => ({
  ...{ ...terms, origin: "https://a.example", until: null, paused: false, limits: defaultLimits, grantedAt: 1 },
  ...(decided !== undefined && { decided }),
});
const nothing: WishedAccess = { files: "none", items: "none", folder: null, ownItems: false };

test("whatever is given for a wish, and whatever is given afterwards, the same wish is decided", () => {
  fc.assert(
    fc.property(anyWish, anyTerms, anyTerms, (wish, given, later) => {
      const first = grant(given, decidedOn(null, wish));
      expect(isDecided(first, wish)).toBe(true);
      expect(isDecided(grant(later, decidedOn(first, null)), wish)).toBe(true);
    }),
  );
});

test("nothing is decided that was neither wished nor given", () => {
  fc.assert(
    fc.property(anyWish, anyWish, (wish, other) => {
      const seen = grant(nothing, decidedOn(null, wish));
      const ranks = ["none", "read", "write"];
      const more =
        ranks.indexOf(other.files) > ranks.indexOf(wish.files) ||
        ranks.indexOf(other.items) > ranks.indexOf(wish.items) ||
        (other.ownItems && !wish.ownItems) ||
        (other.folder !== null && other.folder.replace(/\/$/, "") !== wish.folder?.replace(/\/$/, ""));
      expect(isDecided(seen, other)).toBe(!more);
    }),
  );
});

test("a grant of an earlier version is decided on as far as it goes", () => {
  const old = grant({ ...nothing, items: "read", folder: "photos/" });
  expect(isDecided(old, { ...nothing, items: "read", folder: "letters/" })).toBe(true);
  expect(isDecided(old, { ...nothing, items: "write" })).toBe(false);
  expect(decidedOn(null, null)).toBeUndefined();
});
