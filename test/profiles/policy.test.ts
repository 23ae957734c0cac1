import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { createProfiles, type Profiles } from "../../src/profiles/create-profiles.ts";
import { createProfileEditor, type ProfileEditor } from "../../src/profiles/edit-profiles.ts";
import { profileText } from "../../src/profiles/parse-profile.ts";
import { profileId } from "../../src/profiles/profile-id.ts";
import { profileRules } from "../../src/profiles/profile-rules.ts";
import { readPolicy } from "../../src/profiles/read-policy.ts";
import { summariesOf } from "../../src/profiles/summaries.ts";
import { createMemoryArea, type MemoryArea } from "../auth/support/memory-area.ts";
import { sample } from "./sample-profile.ts";

const other = { ...sample, name: "Production", bucket: { ...sample.bucket, name: "production-files" } };
const third = { ...sample, name: "Third", bucket: { ...sample.bucket, name: "third-files" } };

async function faults(values: Record<string, unknown>): Promise<string[]> {
  return (await readPolicy(values)).problems.map(({ facts }) => (facts.subs ?? []).join(" "));
}

describe("a policy", () => {
  test("that is right is taken as it is", async () => {
    const lock = { idleMinutes: 10, onScreenLock: true };
    const policy = await readPolicy({ profiles: [sample, other], active: "Production", allowImport: false, lock });
    expect(policy).toEqual({
      managed: true,
      profiles: [
        { id: await profileId(sample), profile: sample, managed: true },
        { id: await profileId(other), profile: other, managed: true },
      ],
      active: await profileId(other),
      allowImport: false,
      lock,
      problems: [],
    });
  });

  test("needs name nothing but what it decides", async () => {
    expect(await readPolicy({ profiles: [sample] })).toMatchObject({
      active: null,
      allowImport: true,
      lock: null,
      problems: [],
    });
    expect((await readPolicy({ lock: { onScreenLock: true } })).lock).toEqual({
      idleMinutes: null,
      onScreenLock: true,
    });
  });

  test.each([
    ["names a beginning that is none", { profiles: [sample], active: "Prod" }, "active must be the name of one"],
    [
      "names a beginning twice",
      { profiles: [sample, { ...other, name: "Beta" }], active: "Beta" },
      "active is the name",
    ],
    ["has one environment twice", { profiles: [sample, { ...sample, name: "Again" }] }, "profiles[1] is of the same"],
    ["has a profile with a fault", { profiles: [{ ...sample, region: "Frankfurt" }] }, "profiles[0].region must be a"],
    ["has a text for a profile", { profiles: ["https://example.com"] }, "profiles[0] must be one JSON object"],
    [
      "has a newer profile",
      { profiles: [{ ...sample, holdall: 9 }] },
      "profiles[0].holdall is 9, a format that is newer",
    ],
    [
      "has an insecure issuer",
      { profiles: [{ ...sample, issuer: "http://a.example" }] },
      "profiles[0] has the address",
    ],
    ["has no list", { profiles: sample }, "profiles must be a list"],
    ["forbids imports and has nothing", { allowImport: false }, "allowImport is false, and no profile works"],
    ["says yes in words", { profiles: [sample], allowImport: "no" }, "allowImport must be true or false"],
    ["locks after no time", { lock: { idleMinutes: 0 } }, "lock.idleMinutes must be 1 to 1440"],
    ["locks in words", { lock: "always" }, "lock must be an object"],
    ["locks half", { lock: { idleMinutes: 5, onScreenLock: 1 } }, "lock.onScreenLock must be true"],
    ["has a word too many", { profile: sample }, "profile is no setting"],
  ])("that %s says so to the administrator", async (_, values, expected) => {
    const told = await faults(values);
    expect(told.some((one) => one.startsWith(expected))).toBe(true);
  });

  test("works as far as it is right, and locks nobody out", async () => {
    const policy = await readPolicy({
      profiles: [{ ...sample, region: 7 }, other, other],
      active: "Beta",
      allowImport: false,
    });
    expect(policy.profiles.map(({ profile }) => profile.name)).toEqual(["Production"]);
    expect(policy).toMatchObject({ active: null, allowImport: false });
    expect(policy.problems).toHaveLength(3);
    const nothing = await readPolicy({ profiles: [{ ...sample, region: 7 }], allowImport: false });
    expect(nothing).toMatchObject({ profiles: [], allowImport: true });
  });

  test("is read, whatever is in it", async () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constant(sample), fc.constant([sample, 1, null, other]));
    const policies = fc.record(
      { profiles: anything, active: anything, allowImport: anything, lock: anything, more: anything },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(policies, async (values) => {
        const { profiles, allowImport, problems } = await readPolicy(values);
        expect(allowImport || profiles.length > 0).toBe(true);
        for (const { code, facts } of problems) expect([code, facts.subs?.length]).toEqual(["policy-fault", 2]);
      }),
    );
  });
});

describe("profiles beside a policy", () => {
  let area: MemoryArea;
  let values: Record<string, unknown>;
  let profiles: Profiles;
  let editor: ProfileEditor;
  let left: string[];
  const leave = async (id: string) => void left.push(id);
  const names = async () => (await profiles.list()).map(({ profile }) => profile.name);

  beforeEach(() => {
    area = createMemoryArea();
    values = {};
    left = [];
    profiles = createProfiles({ area, managed: async () => values, rules: async () => profileRules });
    editor = createProfileEditor(area, profiles);
  });

  test("come first, marked, and can be neither removed, edited, nor replaced", async () => {
    await editor.import(profileText({ ...sample, name: "AAA own", clientId: "mine" }));
    values = { profiles: [third, other] };
    await profiles.policyChanged(leave);
    expect(await names()).toEqual(["Third", "Production", "AAA own"]);
    expect(summariesOf(await profiles.list()).map(({ managed }) => managed)).toEqual([true, true, undefined]);
    const id = await profileId(other);
    await expect(profiles.remove(id, leave)).rejects.toMatchObject({ code: "managed" });
    await expect(editor.edit(id, { name: "Mine", colour: "#000000" })).rejects.toMatchObject({ code: "managed" });
    for (const attempt of [editor.import, editor.preview]) {
      await expect(attempt(profileText({ ...other, name: "Mine" }))).rejects.toMatchObject({ code: "managed" });
    }
    expect(left).toEqual([]);
    expect(await editor.export(id)).toBe(profileText(other));
  });

  test("are the only ones where the policy forbids others; those that are there stay", async () => {
    await editor.import(profileText(sample));
    values = { profiles: [other], allowImport: false };
    await profiles.policyChanged(leave);
    await expect(editor.import(profileText(third))).rejects.toMatchObject({ code: "import-forbidden" });
    expect(await names()).toEqual(["Production", "Beta"]);
  });

  test("leave when the policy names them no more, and can still be got while they do", async () => {
    values = { profiles: [other, third] };
    await profiles.policyChanged(leave);
    values = { profiles: [other] };
    const got: string[] = [];
    await profiles.policyChanged(async (id) => void got.push((await profiles.get(id)).name));
    expect(got).toEqual(["Third"]);
    expect(await names()).toEqual(["Production"]);
    await expect(profiles.get(await profileId(third))).rejects.toMatchObject({ code: "profile-missing" });
  });

  test("leave too when the policy went while the browser was closed", async () => {
    values = { profiles: [other] };
    await profiles.policyChanged(leave);
    values = {};
    const later = createProfiles({ area, managed: async () => values, rules: async () => profileRules });
    await later.policyChanged(leave);
    expect(left).toEqual([await profileId(other)]);
    await later.policyChanged(leave);
    expect(left).toHaveLength(1);
    expect(await later.list()).toEqual([]);
  });

  test("give the person's own of the same environment back when they leave", async () => {
    const { id } = await editor.import(profileText({ ...other, name: "My own" }));
    values = { profiles: [other] };
    await profiles.policyChanged(leave);
    expect(await profiles.list()).toEqual([{ id, profile: other, managed: true }]);
    values = {};
    await profiles.policyChanged(leave);
    expect(left).toEqual([id]);
    expect(await names()).toEqual(["My own"]);
  });

  test("begin with the one that the policy names, once, and the person may change", async () => {
    values = { profiles: [other, third], active: "Third" };
    await profiles.policyChanged(leave);
    expect((await profiles.active())?.profile.name).toBe("Third");
    await profiles.select(await profileId(other));
    await profiles.policyChanged(leave);
    expect((await profiles.active())?.profile.name).toBe("Production");
    values = { profiles: [other, third], active: "Production" };
    await profiles.policyChanged(leave);
    values = { profiles: [other, third], active: "Third" };
    await profiles.policyChanged(leave);
    expect((await profiles.active())?.profile.name).toBe("Third");
  });
});

describe("the schema for Chromium", () => {
  interface Schema {
    type?: unknown;
    properties?: Record<string, Schema>;
    items?: Schema;
  }

  test("has one type for each value, and nothing that would make Chromium drop a policy in silence", async () => {
    const schema = JSON.parse(await readFile(new URL("../../managed-schema.json", import.meta.url), "utf8"));
    const check = (one: Schema) => {
      expect(["object", "array", "string", "integer", "boolean"]).toContain(one.type);
      for (const key of Object.keys(one))
        expect(["type", "title", "description", "properties", "items"]).toContain(key);
      for (const inner of [...Object.values(one.properties ?? {}), ...(one.items ? [one.items] : [])]) check(inner);
    };
    check(schema);
    expect(Object.keys(schema.properties)).toEqual(["profiles", "active", "allowImport", "lock"]);
  });

  test("knows every field of a profile", async () => {
    const schema = JSON.parse(await readFile(new URL("../../managed-schema.json", import.meta.url), "utf8"));
    const unknown = (value: unknown, { properties, items }: Schema, path: string): string[] => {
      if (Array.isArray(value)) return value.flatMap((one) => unknown(one, items ?? {}, path));
      if (typeof value !== "object" || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) => {
        const known = properties?.[key];
        return known === undefined ? [`${path}.${key}`] : unknown(inner, known, `${path}.${key}`);
      });
    };
    const role = { kind: "directory", url: "u", audience: "a", parameter: "none", roles: [{ arn: "a", name: "n" }] };
    const whole = {
      ...sample,
      credentials: { ...sample.credentials, identityPoolId: "i", role },
      endpoints: { ...sample.endpoints, cognitoIdentity: "c" },
    };
    expect(unknown([whole], schema.properties.profiles, "profiles")).toEqual([]);
  });
});

describe("profiles of one name", () => {
  test("are told apart by what differs, the provider first", async () => {
    const kept = async (profile: typeof sample) => ({ id: await profileId(profile), profile });
    const hints = async (...profiles: (typeof sample)[]) =>
      summariesOf(await Promise.all(profiles.map(kept))).map(({ hint }) => hint);
    expect(await hints(sample, other)).toEqual([undefined, undefined]);
    expect(await hints(sample, { ...sample, issuer: "https://id.example.org" })).toEqual([
      "login.example.com",
      "id.example.org",
    ]);
    expect(await hints(sample, { ...other, name: "Beta" })).toEqual(["holdall-files", "production-files"]);
    const [one, two] = await hints(sample, { ...sample, endpoints: {} });
    expect(one).toMatch(/^[0-9a-f]{6}$/);
    expect(two).not.toBe(one);
  });
});
