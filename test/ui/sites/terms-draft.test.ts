import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits, type SiteWish } from "../../../src/shared/site/site-grant.ts";
import {
  draftOf,
  draftOfGrant,
  faultsOf,
  hasFaults,
  type TermsDraft,
  termsOf,
  untilOf,
} from "../../../src/ui/sites/terms-draft.ts";
import { grant } from "../harness/site-fixtures.ts";

const identity = "auth0|7f3a9c0012";
const now = Date.UTC(2026, 10, 3, 9, 41);
const wish: SiteWish = { files: "read", items: "write", folder: "photos/", ownItems: true, reason: null };
const draft = (part: Partial<TermsDraft> = {}): TermsDraft => ({ ...draftOf(wish, null), ...part });

const access = fc.constantFrom("none" as const, "read" as const, "write" as const);
const anyWish: fc.Arbitrary<SiteWish> = fc.record({
  files: access,
  items: access,
  folder: fc.option(fc.string()),
  ownItems: fc.boolean(),
  reason: fc.option(fc.string()),
});

test("whatever a page would like, it gets nothing beyond its own area that the person has not chosen", () => {
  fc.assert(
    fc.property(anyWish, (asked) => {
      const terms = termsOf(draftOf(asked, null), now, null);
      expect(terms).toMatchObject({ files: asked.files, items: asked.items, folder: null, ownItems: false });
      expect(terms.limits).toEqual(defaultLimits);
    }),
  );
});

test("of a grant that is there nothing is taken away by a page that asks for less", () => {
  const present = grant({ files: "write", items: "read", folder: "photos/", ownItems: true, until: now + 1000 });
  const less: SiteWish = { files: "none", items: "none", folder: null, ownItems: false, reason: null };
  expect(termsOf(draftOf(less, present), now, present)).toEqual({
    files: "write",
    items: "read",
    folder: "photos/",
    ownItems: true,
    until: now + 1000,
    limits: present.limits,
  });
});

test("all of a grant is there to be changed, and one whose time is over gets a new time", () => {
  const present = grant({ files: "read", items: "write", folder: "photos/", ownItems: true, until: now - 1 });
  const { origin: _, paused: __, grantedAt: ___, ...terms } = present;
  const termsIn = (state: "active" | "expired") => termsOf(draftOfGrant(present, state), now, present);
  expect(termsIn("active")).toEqual(terms);
  expect(termsIn("expired")).toEqual({ ...terms, until: now + 30 * 86_400_000 });
});

test("one whose time is over begins with no more than it wishes, and with less where less was given for as much", () => {
  const decided = { files: "write", items: "read", folder: null, ownItems: false } as const;
  const limits = { requestsPerMinute: 100, bytesPerDay: defaultLimits.bytesPerDay * 2 };
  const past = grant({ files: "read", items: "none", folder: "letters/", ownItems: true, until: 1, limits, decided });
  const terms = termsOf(draftOf({ ...wish, files: "write", items: "write" }, null, past), now, null);
  expect(terms).toMatchObject({ files: "read", items: "write", folder: null, ownItems: false });
  expect(terms.limits).toEqual({ requestsPerMinute: 100, bytesPerDay: defaultLimits.bytesPerDay });
  expect(termsOf(draftOf({ ...wish, files: "none", items: "read" }, null, past), now, null)).toMatchObject({
    ...{ files: "none", items: "none" },
  });
});

describe("a folder", () => {
  const folderFault = (folder: string) => faultsOf(draft({ elsewhere: true, folder }), identity).folder;

  test.each([
    ["photos", "photos/"],
    ["photos/2026/", "photos/2026/"],
    [" photos // 2026 ", "photos / 2026/"],
  ])("%j is %j", (folder, path) => {
    expect(folderFault(folder)).toBeUndefined();
    expect(termsOf(draft({ elsewhere: true, folder }), now, null).folder).toBe(path);
  });

  test.each(["", " ", "///"])("%j names none, since a grant to everything is no folder", (folder) => {
    expect(folderFault(folder)).toBe("empty");
  });

  test("the areas of other sites are not to be had", () => {
    for (const folder of ["apps", "apps/", "apps/https_other.example/", "apps//x"])
      expect(folderFault(folder)).toBe("apps");
    expect(folderFault("applications")).toBeUndefined();
  });

  test("what S3 cannot hold is refused where it is typed", () => {
    for (const folder of ["/photos", "photos/../letters", "a/./b", "a\u0007", "\ud800", "x".repeat(1100)]) {
      expect(folderFault(folder)).toHaveProperty("code");
    }
  });

  test("none is left over once files are not allowed, or the own area is", () => {
    const typed = { folder: "photos/", elsewhere: true };
    expect(termsOf(draft({ ...typed, files: "none" }), now, null).folder).toBeNull();
    expect(termsOf(draft({ ...typed, elsewhere: false }), now, null).folder).toBeNull();
    expect(termsOf(draft({ ownItems: true, items: "none" }), now, null).ownItems).toBe(false);
    // Nor can it be wrong then.
    expect(hasFaults(faultsOf(draft({ folder: "/", elsewhere: true, files: "none" }), identity))).toBe(false);
  });
});

test("numbers are whole where they count, and within what can be kept", () => {
  const faults = (part: Partial<TermsDraft>) => Object.keys(faultsOf(draft(part), identity));
  for (const requestsPerMinute of ["0", "-1", "1.5", "100001", "1e3", "", "many"]) {
    expect(faults({ requestsPerMinute })).toEqual(["requests"]);
  }
  for (const megabytesPerDay of ["-1", "1e3", "", "∞", "99999999999"])
    expect(faults({ megabytesPerDay })).toEqual(["megabytes"]);
  expect(faults({ requestsPerMinute: "1", megabytesPerDay: "0.5" })).toEqual([]);
  expect(termsOf(draft({ megabytesPerDay: "0.5" }), now, null).limits.bytesPerDay).toBe(500_000);
  expect(faults({ files: "none", items: "none" })).toEqual(["nothing"]);
});

test("an hour counts from the click, a day ends at midnight, and what has an end keeps it", () => {
  expect(untilOf("hour", now, null)).toBe(now + 3_600_000);
  const midnight = untilOf("today", now, null) ?? 0;
  expect(new Date(midnight).getHours() + new Date(midnight).getMinutes()).toBe(0);
  expect(midnight - now).toBeLessThanOrEqual(86_400_000);
  expect(untilOf("month", now, null)).toBe(now + 30 * 86_400_000);
  expect(untilOf("open", now, grant())).toBeNull();
  expect(untilOf("same", now, { until: 7 })).toBe(7);
  // It was ended elsewhere meanwhile.
  expect(untilOf("same", now, null)).toBe(now + 30 * 86_400_000);
});
