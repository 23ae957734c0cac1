/** Every field of every kind of profile, with whatever a file may hold: it is right, or refused with a path and a reason. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseProfile, profileText } from "../../src/profiles/parse-profile.ts";
import { profileId } from "../../src/profiles/profile-id.ts";
import { reachOf } from "../../src/profiles/reach-of.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { profileLink } from "../../src/shared/profile-link.ts";
import { sample } from "./sample-profile.ts";

const arn = "arn:aws:iam::123456789012:role/reader";
const kinds: Record<string, object> = {
  fixed: sample,
  list: { ...sample, credentials: { kind: "webIdentity", role: { kind: "list", roles: [{ arn, name: "Reader" }] } } },
  directory: {
    ...sample,
    credentials: {
      kind: "webIdentity",
      role: { kind: "directory", url: "https://roles.example.com/mine", audience: "roles", parameter: "audience" },
      durationSeconds: 900,
    },
  },
  pool: {
    ...sample,
    credentials: { kind: "identityPool", identityPoolId: "eu-central-1:11111111-2222-3333-4444-555555555555" },
    endpoints: { ...sample.endpoints, cognitoIdentity: "https://pool.example.com" },
  },
  "version 1": { ...sample, holdall: 1, credentials: { kind: "webIdentity", roleArn: arn } },
};

/** Paths of everything in a value, itself aside. */
function pathsOf(value: unknown, before: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...before, key], ...pathsOf(inner, [...before, key])]);
}

function withAt(whole: object, path: string[], value: unknown): object {
  const copy = structuredClone(whole);
  let place = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  place[path.at(-1) ?? ""] = value;
  return copy;
}

/** `accepted`, or code, path and reason. Anything else that is thrown fails the test. */
function judge(text: string): string[] {
  try {
    const profile = parseProfile(text);
    // What was taken once is taken again as it is, and can be used.
    expect(parseProfile(profileText(profile))).toEqual(profile);
    expect(reachOf(profile).every((pattern) => /^https?:\/\/[^/]+\/\*$/.test(pattern))).toBe(true);
    return ["accepted"];
  } catch (error) {
    if (!(error instanceof HoldallError)) throw error;
    return [error.code, ...(error.facts.subs ?? [])];
  }
}

/** A pool's region is the profile's; an endpoint that is an IP address wants path style. */
const contradicted: Record<string, string[]> = { region: ["credentials"], endpoints: ["bucket"] };

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const awkward: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  true,
  "",
  " ",
  0,
  -1,
  1e308,
  -0,
  1.5,
  2 ** 53 + 2,
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  "\ud800",
  "a\udfffb",
  "\u202eexe.bat",
  "\u0000",
  "x".repeat(1_000_000),
  "https://",
  "https://[::1",
  "https://a.example:99999",
  "https://user:word@a.example",
  "javascript:alert(1)",
  "data:text/plain,x",
  "https://a.example/?q",
  "https://a.example/#f",
  "https://a.example\\@b.example",
  "https://bücher.example/",
  "constructor",
  "toString",
  { constructor: { prototype: {} } },
  { toString: 1, valueOf: 2, hasOwnProperty: 3 },
  JSON.parse('{"then": {}}'),
  JSON.parse(nested(500)),
);
const anything = fc.oneof(awkward, fc.jsonValue(), fc.string({ unit: "binary" }));

describe.each(Object.entries(kinds))("a profile of kind %s", (_, whole) => {
  const paths = pathsOf(whole);

  test("is right as it stands", () => {
    expect(judge(JSON.stringify(whole))).toEqual(["accepted"]);
  });

  test("is right or refused with path and reason, whatever stands in one field", () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, value) => {
        const verdict = judge(JSON.stringify(withAt(whole, path, value)));
        const [code = "", where = "", reason = ""] = verdict;
        expect(code).toMatch(/^(?:accepted|profile-invalid|profile-version|issuer-insecure)$/);
        if (code !== "profile-invalid") return;
        // Somebody has to find it: where the value was put, or what it contradicts.
        const [field = ""] = path;
        const heads = [field, ...(contradicted[field] ?? []), "__proto__"];
        if (field !== "holdall") expect(heads).toContain(where.split(".")[0]);
        expect(reason).toMatch(/^(?:must|is) .{4,}/);
        expect(reason.length).toBeLessThan(200);
      }),
      { numRuns: 400 },
    );
  });

  test("is refused with the very field, when one is taken away or one too many is there", () => {
    for (const path of paths) {
      if (path.some((key) => /^\d+$/.test(key))) continue;
      const without = judge(JSON.stringify(withAt(whole, path, undefined)));
      if (without[0] === "profile-invalid")
        expect(without[1]).toContain(path.at(-1) === "kind" || path[0] === "holdall" ? "" : path.at(-1));
      const value = path.reduce<unknown>((place, key) => (place as Record<string, unknown>)[key], whole);
      if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
      const extra = judge(JSON.stringify(withAt(whole, [...path, "extra"], 1)));
      expect(extra).toEqual(["profile-invalid", [...path, "extra"].join("."), "is not a field of a profile"]);
    }
  });

  test("takes no __proto__ at any depth, and no prototype is changed by what it reads", () => {
    for (const path of [[], ...paths]) {
      const value = path.reduce<unknown>((place, key) => (place as Record<string, unknown>)[key], whole);
      if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
      const marked = JSON.stringify(withAt(whole, [...path, "PROTO"], { polluted: true })).replace(
        '"PROTO"',
        '"__proto__"',
      );
      expect(judge(marked)).toEqual(["profile-invalid", "__proto__", "is not a field of a profile"]);
    }
    for (const key of ["constructor", "prototype", "toString", "hasOwnProperty"]) {
      expect(judge(JSON.stringify({ ...whole, [key]: {} }))).toEqual([
        "profile-invalid",
        key,
        "is not a field of a profile",
      ]);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("a profile's text", () => {
  test.each([
    ["a megabyte of letters", "x".repeat(1_000_000)],
    ["a megabyte of brackets", "[".repeat(1_000_000)],
    ["deep nesting", nested(100_000)],
    ["a megabyte in one field", JSON.stringify({ ...sample, name: "x".repeat(1_000_000) })],
    [
      "a hundred thousand fields",
      JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`f${n}`, n]))),
    ],
  ])("of %s is refused with a code, and soon", (_, text) => {
    const began = performance.now();
    expect(judge(text)[0]).toMatch(/^profile-(?:not-json|invalid)$/);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test("that is any text at all is refused with a code", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(judge(text)[0]).toMatch(/^profile-/);
      }),
    );
  });
});

describe("an issuer", () => {
  test.each([
    "https://login.example.com",
    "https://login.example.com/",
    "https://login.example.com/a/",
    "HTTPS://Login.Example.com",
  ])("stays byte for byte: %s", async (issuer) => {
    expect(parseProfile(JSON.stringify({ ...sample, issuer })).issuer).toBe(issuer);
  });

  test("with and without the slash are two environments", async () => {
    const [one, two] = await Promise.all(
      ["https://login.example.com", "https://login.example.com/"].map((issuer) => profileId({ ...sample, issuer })),
    );
    expect(one).not.toBe(two);
  });

  test("in other letters is reached, and shown, by the network's name of it", () => {
    // A Cyrillic letter in place of a Latin one.
    const issuer = "https://lоgin.example.com/";
    const profile = parseProfile(JSON.stringify({ ...sample, issuer }));
    expect(profile.issuer).toBe(issuer);
    expect(reachOf(profile)[0]).toMatch(/^https:\/\/xn--/);
  });

  test.each(["https://a.example/\u202e", "https://a\u200b.example/", "https://a.example/\ud800"])(
    "with characters that nobody sees is refused",
    (issuer) => {
      expect(judge(JSON.stringify({ ...sample, issuer }))[0]).toBe("profile-invalid");
    },
  );
});

describe("a name", () => {
  test.each([
    ["Acme\u202ebeta", "Acmebeta"],
    ["\u2067Acme\u2069", "Acme"],
    ["Acme\u2028beta", "Acmebeta"],
    ["a\ud800b", "ab"],
    ["صور البيت", "صور البيت"],
    ["家 🏠👩‍👩‍👧", "家 🏠👩‍👩‍👧"],
  ])("keeps what people read, and nothing that turns the line round: %j", (name, kept) => {
    expect(parseProfile(JSON.stringify({ ...sample, name })).name).toBe(kept);
  });

  test.each(["", "  ", "\u202e", "\u200b", "a\u0000b", "a\nb", "x".repeat(61)])(
    "that is none is refused: %j",
    (name) => {
      expect(judge(JSON.stringify({ ...sample, name }))).toEqual([
        "profile-invalid",
        "name",
        "must be 1 to 60 characters",
      ]);
    },
  );
});

describe("a link", () => {
  test("is read or refused, whatever it is, and never leads to another scheme or user", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string({ unit: "binary" }),
          fc.webUrl().map((url) => ` ${url}#x\n`),
        ),
        (text) => {
          const link = profileLink(text);
          if (link === null) return;
          expect(link.protocol === "https:" || /^(?:localhost|127\.|\[::1\])/.test(link.hostname)).toBe(true);
          expect(link.username + link.password + link.hash).toBe("");
          expect(profileLink(link.href)?.href).toBe(link.href);
        },
      ),
    );
  });

  test.each([
    ["https://example.com", "https://example.com/.well-known/holdall.json"],
    ["https://example.com/", "https://example.com/.well-known/holdall.json"],
    [" https://EXAMPLE.com/a.json#b ", "https://example.com/a.json"],
    ["https://example.com/?tenant=1", "https://example.com/?tenant=1"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/.well-known/holdall.json"],
  ])("%s leads to %s", (text, href) => {
    expect(profileLink(text)?.href).toBe(href);
  });
});
