import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createProfiles, type Profiles } from "../../src/profiles/create-profiles.ts";
import { createProfileEditor, type ProfileEditor } from "../../src/profiles/edit-profiles.ts";
import { foreignSts } from "../../src/profiles/foreign-sts.ts";
import { profileText } from "../../src/profiles/parse-profile.ts";
import { profileId } from "../../src/profiles/profile-id.ts";
import { profileRules } from "../../src/profiles/profile-rules.ts";
import { reachOf } from "../../src/profiles/reach-of.ts";
import { createMemoryArea, type MemoryArea } from "../auth/support/memory-area.ts";
import { withRole } from "../support/role-arn.ts";
import { sample } from "./sample-profile.ts";

let area: MemoryArea;
let profiles: Profiles;
let editor: ProfileEditor;
beforeEach(() => {
  area = createMemoryArea();
  profiles = createProfiles({ area, managed: async () => ({}), rules: async () => profileRules });
  editor = createProfileEditor(area, profiles);
});
const leave = async () => {};

describe("profiles", () => {
  test("are kept, shown, exported and removed", async () => {
    const { id } = await editor.import(profileText(sample));
    expect(await profiles.active()).toEqual({ id, profile: sample });
    expect(await editor.export(id)).toBe(profileText(sample));
    expect(await editor.preview(profileText({ ...sample, name: "Other name" }))).toMatchObject({
      id,
      replaces: true,
    });
    await profiles.remove(id, leave);
    expect(await profiles.list()).toEqual([]);
    expect(await profiles.active()).toBeNull();
    await expect(profiles.get(id)).rejects.toMatchObject({ code: "profile-missing" });
    await expect(profiles.select(id)).rejects.toMatchObject({ code: "profile-missing" });
  });

  test("of the same environment replace each other, others do not", async () => {
    const first = await editor.import(profileText(sample));
    const renamed = await editor.import(profileText({ ...sample, name: "Renamed", colour: "#000000" }));
    const other = await editor.import(profileText({ ...sample, bucket: { ...sample.bucket, name: "other-files" } }));
    expect(renamed.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    expect((await profiles.list()).map(({ profile }) => profile.name)).toEqual(["Beta", "Renamed"]);
  });

  test("imported at once are all kept", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `bucket-${index}`);
    await Promise.all(
      names.map((name) => editor.import(profileText({ ...sample, bucket: { ...sample.bucket, name } }))),
    );
    expect(await profiles.list()).toHaveLength(20);
  });

  test("that a newer version wrote are left where they are", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await area.set("profile/x", { holdall: 9 });
    expect(await profiles.list()).toEqual([]);
    expect(area.values.has("profile/x")).toBe(true);
    expect(warn).toHaveBeenCalled();
  });

  test("of an older version, or damaged, are checked in full when they are read", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const id = await profileId(sample);
    const arn = "arn:aws:iam::123456789012:role/holdall/beta";
    await area.set(`profile/${id}`, {
      ...sample,
      holdall: 1,
      credentials: { kind: "webIdentity", roleArn: arn, durationSeconds: 900 },
    });
    await area.set("profile/damaged", { ...sample, bucket: null });
    expect(await profiles.list()).toEqual([{ id, profile: sample }]);
    expect(await profiles.get(id)).toEqual(sample);
    await expect(profiles.get("damaged")).rejects.toMatchObject({ code: "profile-invalid" });
    expect(warn).toHaveBeenCalled();
  });

  test("remember the host whose link they came by, until they come by other ways", async () => {
    const { id } = await editor.import(profileText(sample), "example.com");
    expect(await profiles.list()).toEqual([{ id, profile: sample, from: "example.com" }]);
    await editor.import(profileText(sample));
    expect(await profiles.list()).toEqual([{ id, profile: sample }]);
  });

  test("are called and marked anew in place", async () => {
    const { id } = await editor.import(profileText(sample));
    await editor.edit(id, { name: "Gamma", colour: "#112233" });
    expect(await profiles.list()).toEqual([{ id, profile: { ...sample, name: "Gamma", colour: "#112233" } }]);
    await expect(editor.edit(id, { name: " ", colour: "#112233" })).rejects.toMatchObject({ code: "profile-invalid" });
    await expect(editor.edit(id, { name: "x", colour: "url(x)" })).rejects.toMatchObject({ code: "profile-invalid" });
    await expect(editor.edit("x", { name: "x", colour: "#112233" })).rejects.toMatchObject({ code: "profile-missing" });
    expect((await profiles.get(id)).name).toBe("Gamma");
  });

  test("are left before they are removed, and not removed when that fails", async () => {
    const { id } = await editor.import(profileText(sample));
    const seen: unknown[] = [];
    await expect(profiles.remove(id, () => Promise.reject(new Error("busy")))).rejects.toThrow("busy");
    await profiles.remove(id, async (left) => void seen.push(left, await profiles.get(left)));
    expect(seen).toEqual([id, sample]);
    expect(await area.getAll()).toEqual({ activeProfile: id });
  });

  test("of the package come, follow the package, and leave the person's own alone", async () => {
    const own = await editor.import(profileText({ ...sample, name: "Mine", clientId: "mine" }));
    await editor.installPackaged([sample]);
    expect(await profiles.list()).toHaveLength(2);
    expect((await profiles.active())?.id).toBe(own.id);
    await profiles.select(await profileId(sample));
    const moved = { ...sample, issuer: "http://127.0.0.1:9999" };
    await editor.installPackaged([moved]);
    expect((await profiles.active())?.profile).toEqual(moved);
    expect((await profiles.list()).map(({ id }) => id)).not.toContain(await profileId(sample));
    await editor.installPackaged([]);
    expect((await profiles.list()).map(({ id }) => id)).toEqual([own.id]);
  });
});

describe("a profile's id", () => {
  test("changes with everything that decides which data is reached, and with nothing else", async () => {
    const id = await profileId(sample);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    const other = [
      { ...sample, issuer: "https://login.example.com" },
      { ...sample, clientId: "x" },
      { ...sample, region: "us-east-1" },
      withRole(sample, "arn:aws:iam::123456789012:role/holdall/beta2"),
      { ...sample, bucket: { ...sample.bucket, name: "x-y" } },
      { ...sample, table: { ...sample.table, name: "x-y" } },
      { ...sample, endpoints: {} },
    ];
    const ids = await Promise.all(other.map(profileId));
    expect(new Set([id, ...ids]).size).toBe(other.length + 1);
    expect(await profileId({ ...sample, name: "x", colour: "#000000", scopes: ["openid"] })).toBe(id);
  });
});

describe("what a profile reaches", () => {
  test("is the issuer first, then every endpoint it names, then AWS for the rest", () => {
    expect(reachOf(sample)).toEqual([
      "https://login.example.com/*",
      "https://sts.example.com/*",
      "https://s3.example.com/*",
      "https://db.example.com/*",
    ]);
    const { sts: _, ...endpoints } = sample.endpoints;
    const bucket = { ...sample.bucket, forcePathStyle: false };
    expect(
      reachOf({
        ...sample,
        bucket,
        endpoints,
      }),
    ).toEqual([
      "https://login.example.com/*",
      "https://*.s3.example.com/*",
      "https://db.example.com/*",
      "https://*.amazonaws.com/*",
    ]);
    expect(reachOf({ ...sample, endpoints: {} })).toEqual(["https://login.example.com/*", "https://*.amazonaws.com/*"]);
    expect(reachOf({ ...sample, region: "cn-north-1", endpoints: {} })).toContain("https://*.amazonaws.com.cn/*");
  });

  test("carries no port, no path and nothing twice", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["https"] }), fc.integer({ min: 1, max: 65535 }), (web, port) => {
        const issuer = new URL(web);
        issuer.port = String(port);
        const url = issuer.href;
        const endpoints = { sts: url, s3: url, dynamodb: url };
        const patterns = reachOf({ ...sample, issuer: url, endpoints });
        expect(patterns).toEqual([`https://${issuer.hostname}/*`]);
      }),
    );
  });

  test("names hosts of amazonaws.com that anybody can have", () => {
    for (const host of ["evil-amazonaws.com", "amazonaws.com.evil.example", "x.execute-api.us-east-1.amazonaws.com"]) {
      expect(reachOf({ ...sample, endpoints: { sts: `https://${host}` } })).toContain(`https://${host}/*`);
    }
  });
});

describe("the host that gets the ID token", () => {
  const hostFor = (sts: string) => foreignSts({ ...sample, endpoints: { sts } });

  test("is AWS's own, or this machine", () => {
    expect(foreignSts({ ...sample, endpoints: {} })).toBeNull();
    for (const host of [
      "sts.eu-central-1.amazonaws.com",
      "sts.us-east-1.amazonaws.com",
      "sts.cn-north-1.amazonaws.com.cn",
    ])
      expect(hostFor(`https://${host}/`)).toBeNull();
    expect(hostFor("http://127.0.0.1:4566")).toBeNull();
    expect(hostFor("http://localhost:4566/sts")).toBeNull();
  });

  test.each([
    "sts.example.com",
    "x1y2z3.execute-api.eu-central-1.amazonaws.com",
    "bucket.s3.eu-central-1.amazonaws.com",
    "sts.bucket.s3.amazonaws.com",
    "sts.eu-central-1.amazonaws.com.evil.example",
    "sts.eu-central-1.amazonaws.com:8443",
  ])("is named when it is %s", (host) => {
    expect(hostFor(`https://${host}`)).toBe(host);
  });
});
