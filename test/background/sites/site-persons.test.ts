/** Two people who have connected the same site in one browser: a page works for one of them, and neither hears of the other. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { roleArnOf } from "../../support/role-arn.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { allowSite, connectSite, openSitePage } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

const origin = "https://notes.example";
const wish = { files: "write", items: "write" };
const other = { code: "signed-out", detail: "person" };
let world: BackgroundWorld;
let page: ReturnType<typeof openSitePage>;
const persons: Record<string, string> = {};

const change = async (name: "alice" | "bob" | null) => {
  await world.call("session.signOut", { profile: world.profile });
  if (name !== null) await world.signIn(name);
};
const open = async (of = origin) => {
  const opened = openSitePage(world, of);
  expect(await opened.hello()).toBe(true);
  return opened;
};
const restart = async () => {
  await world.restart();
  world.fake.granted.add("https://notes.example/*");
};
const personOf = async (on: typeof page) => {
  const { person } = (await on.request("permissions")) as { person: string };
  expect(person).toMatch(/^[\w-]{22}$/);
  return person;
};
const keysOf = async (on: typeof page) => {
  const { items } = (await on.request("items.query", {})) as { items: { key: string }[] };
  return items.map(({ key }) => key);
};
const changes = (on: typeof page) => on.sent().filter(({ type }) => type === "event");

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("bob");
  await connectSite(world, origin);
  persons.bob = await personOf(await open());
  await change("alice");
  await connectSite(world, origin);
  page = await open();
  persons.alice = await personOf(page);
});
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

test("a site knows two people apart, and two sites know one by different words", async () => {
  expect(persons.alice).not.toBe(persons.bob);
  await connectSite(world, "https://photos.example");
  expect(await personOf(await open("https://photos.example"))).not.toBe(persons.alice);
  expect(await page.request("connect", wish)).toMatchObject({ person: persons.alice });
});

test("the word stays after another start, another sign-in, and after a revoke", async () => {
  await restart();
  expect(await personOf(await open())).toBe(persons.alice);
  await change("alice");
  expect(await personOf(await open())).toBe(persons.alice);
  await world.call("sites.revoke", { profile: world.profile, origin });
  await connectSite(world, origin);
  page = await open();
  expect(await personOf(page)).toBe(persons.alice);
});

test("AWS is asked for it once in a session of the browser, also when many ask at once", async () => {
  await change("alice");
  const [one, two] = [await open(), await open()];
  await world.requests();
  await Promise.all([personOf(one), personOf(two)]);
  const first = await world.requests();
  expect(first.filter((request) => request === "dynamodb:PutItem")).toEqual([]);
  await restart();
  await personOf(await open());
  expect((await world.requests()).filter((request) => request.startsWith("dynamodb:"))).toEqual([]);
  page = await open();
  await page.request("items.put", { key: "of alice", value: {} });
});

test("what a page still holds of alice does not reach bob, nor bob's what it shows", async () => {
  await change(null);
  await expect(page.request("items.put", { key: "late", value: {} })).rejects.toMatchObject({ code: "signed-out" });
  await world.signIn("bob");
  for (const [method, params] of [
    ["items.put", { key: "late", value: {} }],
    ["items.batch", { operations: [{ put: { key: "late", value: {} } }] }],
    ["files.put", { path: "late", body: new Blob(["x"]) }],
    ["items.query", {}],
    ["permissions", {}],
    ["connect", wish],
  ] as const) {
    await expect(page.request(method, params)).rejects.toMatchObject(other);
  }
  expect(world.fake.windows.opened.size).toBe(0);
  const bobs = await open();
  expect(await keysOf(bobs)).toEqual([]);
  await bobs.request("items.put", { key: "of bob", value: {} });
  // The page script of alice's document sees whose change it is.
  expect(changes(page).at(-1)).toMatchObject({ event: { items: ["of bob"] }, person: persons.bob });
});

test("of somebody who has not connected the site it does not even say that; a lasting page hears of the one it is for", async () => {
  await world.call("sites.revoke", { profile: world.profile, origin });
  page = await open();
  page.send({ type: "request", call: 1000, method: "items.query", params: {}, person: persons.alice });
  expect((await page.answer(1000)).result?.error).toMatchObject(other);
  await change("alice");
  page.send({ type: "request", call: 1001, method: "items.query", params: {}, person: persons.alice });
  expect((await page.answer(1001)).result?.value).toMatchObject({ items: [{ key: "of alice" }] });
});

test("whoever signs in while the page asks: an answer for another is none", async () => {
  await change(null);
  const wants = page.begin("connect", wish);
  const id = await page.until(() => {
    const [address] = [...world.fake.windows.opened.values()].slice(-1);
    return address === undefined ? undefined : (new URL(address).searchParams.get("id") ?? undefined);
  });
  await world.signIn("bob");

  await allowSite(world, id);
  expect((await page.answer(wants)).result?.error).toMatchObject(other);
});

test("a request that was cut off says whose it was, so that it is not repeated for another", async () => {
  const fresh = await open();
  await world.control("POST", "/faults", { operation: "GetItem", kind: "delay", ms: 3000 });
  const call = fresh.begin("items.get", { key: "slow" });
  await new Promise((resolve) => setTimeout(resolve, 400));
  await change(null);
  expect(await fresh.answer(call)).toMatchObject({ person: persons.bob, result: { error: { code: "signed-out" } } });
  await world.control("DELETE", "/faults");
});

test("a role that may keep no item connects sites too: the word is this device's, and stays", async () => {
  const role = roleArnOf(world.aws.profile).split("/").at(-1);
  const roles = (await world.control("GET", "/iam/roles")) as {
    name: string;
    permissionPolicy: { Statement: object[] };
  }[];
  const policy = roles.find(({ name }) => name === role)?.permissionPolicy;
  const Statement = [
    ...(policy?.Statement ?? []),
    { Effect: "Deny", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: "*" },
  ];
  await world.control("PUT", "/iam/permission-policy", { role, policy: { ...policy, Statement } });
  await change("alice");
  await restart();
  const word = await personOf(await open());
  expect(word).not.toBe(persons.alice);
  expect(await keysOf(await open())).toEqual(["of alice"]);
  await change("alice");
  await restart();
  expect(await personOf(await open())).toBe(word);
  await world.control("DELETE", "/iam");
});
