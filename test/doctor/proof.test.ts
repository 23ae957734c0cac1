import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { BROKEN_POLICIES } from "../support/broken-policies.ts";
import { idsOf, type ProofTest, startProof } from "./support/proof-world.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

/** The lines that have to be red under a broken policy, at least. */
const holes: Record<string, string[]> = {
  "items without a condition": ["items.get", "items.put", "site-items.query", "items.neighbour"],
  "leading keys by ForAnyValue": ["items.batch-get"],
  "leading keys without Null, Scan among the actions": ["items.scan"],
  "Scan in a statement of its own": ["items.scan"],
  "PartiQL in a statement of its own": ["items.partiql"],
  "deletes without a condition": ["items.delete", "site-items.delete"],
  "updates without a condition": ["items.update", "site-items.update"],
  "partitions of sites by a pattern for anybody": ["site-items.get", "site-items.put"],
  "leading keys that only begin with the identity": ["items.neighbour"],
  "every table": ["items.other-table"],
  "every object": ["objects.get", "objects.head", "objects.put", "objects.delete", "objects.copy"],
  "the identity as a prefix without its slash": ["objects.neighbour"],
  "reading without the identity": ["objects.get", "objects.head", "objects.copy", "objects.site.get"],
  "writing without the identity": ["objects.put", "objects.site.put"],
  "deleting without the identity": ["objects.delete"],
  "versions without the identity": ["objects.version"],
  "sites' folders of anybody": ["objects.site.get", "objects.site.put"],
  "lists without a condition": ["list.bare", "list.empty", "list.probe", "list.own-without-slash"],
  "lists on condition of a prefix, if there is one": ["list.bare"],
  "lists by the identity without its slash": ["list.own-without-slash"],
  "lists of versions without a condition": ["list.versions"],
  "lists of uploads": ["list.uploads"],
};

/** `policy | what it lets a person do | red lines`, as Markdown: printed with `PROOF_TABLE=1`. */
const table: string[] = [];
afterAll(() => {
  if (process.env.PROOF_TABLE) process.stdout.write(`\n${table.join("\n")}\n`);
});

describe.each(["webIdentity", "identityPool"] as const)("by %s", (way) => {
  let proof: ProofTest;

  beforeAll(async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    proof = await startProof(browser, way);
    await proof.world.signIn("alice");
  }, 30_000);
  afterAll(() => proof.world.close());
  beforeEach(() => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await proof.world.control("DELETE", "/iam");
  });

  /** Everything of the proof's that anybody's folder and items still hold. */
  async function leftBehind(): Promise<string[]> {
    const { profile, call, control } = proof.world;
    const { files } = await call("files.list", { profile, prefix: "", flat: true });
    const { items } = await call("items.list", { profile, prefix: "holdall#doctor#" });
    const uploads = (await control("GET", "/uploads")) as { key: string }[];
    return [...files.map(({ path }) => path), ...items.map(({ sortKey }) => sortKey), ...uploads.map(({ key }) => key)];
  }

  test("setup's policies: every line is green, and nothing is left behind", async () => {
    const done = await proof.run();
    const site = done.steps.filter(({ id }) => id.startsWith("site.")).map(({ id }) => id);
    expect(idsOf(done, "skipped")).toEqual(way === "identityPool" ? site : []);
    expect(Object.fromEntries(done.steps.map(({ id, state, error }) => [id, error ?? state]))).toEqual(
      Object.fromEntries(done.steps.map(({ id }) => [id, idsOf(done, "skipped").includes(id) ? "skipped" : "passed"])),
    );
    expect(site).toHaveLength(8);
    expect(await leftBehind()).toEqual([]);
  });

  test.each(BROKEN_POLICIES)("$name: $hole", async ({ name, hole, permissionPolicy }) => {
    await proof.setPolicy(permissionPolicy(proof.settings));
    const done = await proof.run();
    const red = done.steps.filter(({ state }) => state === "failed");
    table.push(`| ${way} | ${name} | ${hole} | ${red.map(({ id }) => id).join(", ")} |`);
    expect(holes[name]).toBeDefined();
    expect(red.map(({ id }) => id)).toEqual(expect.arrayContaining(holes[name] ?? []));
    expect(new Set(red.map(({ error }) => error?.code))).toEqual(new Set(["isolation-hole"]));
    await proof.world.control("DELETE", "/iam");
    // What broken policies let through harmed nothing: by setup's policies all is green again.
    expect(await leftBehind()).toEqual([]);
  });

  test("after all of them the probe is as it was", async () => {
    expect(idsOf(await proof.run(), "failed")).toEqual([]);
    await proof.setPolicy(
      BROKEN_POLICIES.find(({ name }) => name === "every object")?.permissionPolicy(proof.settings) as never,
    );
    const get = (await proof.run()).steps.find(({ id }) => id === "objects.get");
    expect(get?.facts.answer).toBe("200");
  });
});
