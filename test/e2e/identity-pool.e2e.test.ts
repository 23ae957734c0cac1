/** The second way to credentials, an Amazon Cognito identity pool, in both browsers: two people, and a sign-in taken back. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { View } from "../../src/messaging/view.ts";
import { type AwsAccess, accessAs, accessWith } from "../support/aws-access.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

describe.each(BROWSER_NAMES)("an identity pool in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: PersonOnPage;
  /** From outside the browser. */
  let alice: AwsAccess & { identity: string };
  let disk: string;
  const bytes = randomBytes(200_003);
  const secrets: Record<string, string> = {};

  const goTo = (route: string) =>
    app.page.evaluate((hash) => {
      location.hash = hash;
    }, route);
  const signInAs = async (person: string) => {
    await signIn(browser, app.page, world.aws, person);
    const record = await poll(`${person} to be signed in`, async () => {
      const found = await sessionRecord(app.page);
      return found?.credentials ? { ...found, credentials: found.credentials } : null;
    });
    Object.assign(secrets, secretsOf(person, record));
    return record;
  };
  const signOut = async () => {
    await app.click(textOf("menu"));
    await app.click(textOf("sign_out"));
    await app.seesButton(textOf("sign_in"));
    expect(await sessionRecord(app.page)).toBeNull();
  };
  const session = async () =>
    ((await app.page.evaluate(() => chrome.storage.session.get("view"))).view as View).session;
  const asked = async () =>
    ((await world.control("GET", "/requests")) as { service: string; operation: string; status: number }[])
      .filter(({ service, operation }) => /^(?:sts|cognito)/.test(service) || operation === "token")
      .map(({ operation, status }) => `${operation} ${status}`);

  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), "holdall-pool-"));
    world = await startTestWorld();
    const pool = world.aws.profiles[1];
    browser = await launchExtension(name, { extension: await world.buildExtension(name, { profiles: [pool] }) });
    alice = await accessAs(world, "alice", pool);
    app = new PersonOnPage(await browser.openApp("/files"));
  });
  afterAll(async () => {
    alice?.close();
    await browser?.dispose();
    await world?.close();
    await rm(disk, { recursive: true, force: true });
  });

  test("alice signs in by one token and two requests to the pool, as the identity that the pool has for her", async () => {
    await world.control("DELETE", "/requests");
    const record = await signInAs("alice");
    expect(await asked()).toEqual(["token 200", "GetId 200", "GetCredentialsForIdentity 200"]);
    expect(record).toMatchObject({ identity: { id: alice.identity }, role: null, applications: null });
    await app.sees("Alice Archer");
  });

  test("she uploads a file into the folder of that identity, lists it, and writes an item", async () => {
    if (name === "chromium") await browser.killWorker();
    await writeFile(join(disk, "plan.bin"), bytes);
    await app.pick(textOf("choose_files"), join(disk, "plan.bin"));
    await app.seesButton(textOf("save_name", "plan.bin"));
    const stored = { Bucket: alice.bucket, Key: `${alice.identity}/plan.bin` };
    const { Body } = await poll("the object", () => alice.s3.send(new GetObjectCommand(stored)).catch(() => null));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    await goTo("/items");
    await app.click(textOf("new_item"));
    await app.fill(textOf("sort_key"), "note#1");
    await app.fill(textOf("attributes"), '{"title":"From the pool"}');
    await app.click(textOf("save"));
    const Key = { pk: { S: alice.identity }, sk: { S: "note#1" } };
    const item = await poll("the item", async () => {
      return (await alice.dynamodb.send(new GetItemCommand({ TableName: alice.table, Key }))).Item;
    });
    expect(item).toMatchObject({ title: { S: "From the pool" } });
  });

  test("credentials that AWS ended are renewed by one token and one request to the pool", async () => {
    // Credentials this new are not taken for the ones that AWS means.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await world.control("DELETE", "/requests");
    await world.control("POST", "/sessions/expire");
    await goTo("/files");
    await app.click(textOf("menu"));
    await app.click(textOf("refresh"));
    await poll("the renewal", async () => (await asked()).includes("GetCredentialsForIdentity 200"));
    await app.seesButton(textOf("save_name", "plan.bin"));
    // The ID token is good for another exchange; the identity is known.
    expect(await asked()).toEqual(["GetCredentialsForIdentity 200"]);
    expect(await session()).toMatchObject({ state: "signed-in", identity: { id: alice.identity }, error: null });
    Object.assign(secrets, secretsOf("alice, renewed", await poll("the session", () => sessionRecord(app.page))));
  });

  test("bob sees nothing of hers, and AWS refuses him all of it", async () => {
    await signOut();
    const { identity, credentials } = await signInAs("bob");
    expect(identity?.id).not.toBe(alice.identity);
    await app.sees("Bob");
    await app.seesNo("plan.bin");
    const bob = accessWith(world, credentials, world.aws.profiles[1]);
    const Key = `${alice.identity}/plan.bin`;
    const Item = { pk: { S: alice.identity }, sk: { S: "note#1" } };
    const denied = { name: expect.stringMatching(/^AccessDenied(Exception)?$/) };
    await expect(bob.s3.send(new GetObjectCommand({ Bucket: bob.bucket, Key }))).rejects.toMatchObject(denied);
    await expect(bob.s3.send(new PutObjectCommand({ Bucket: bob.bucket, Key, Body: "his" }))).rejects.toMatchObject(
      denied,
    );
    await expect(
      bob.s3.send(new ListObjectsV2Command({ Bucket: bob.bucket, Prefix: `${alice.identity}/` })),
    ).rejects.toMatchObject(denied);
    await expect(bob.dynamodb.send(new GetItemCommand({ TableName: bob.table, Key: Item }))).rejects.toMatchObject(
      denied,
    );
    await expect(bob.dynamodb.send(new PutItemCommand({ TableName: bob.table, Item }))).rejects.toMatchObject(denied);
    // What is refused is there, and his own folder is open to him: the refusals above mean something.
    alice.close();
    alice = await accessAs(world, "alice", world.aws.profiles[1]);
    const { Body } = await alice.s3.send(new GetObjectCommand({ Bucket: alice.bucket, Key }));
    expect(await Body?.transformToByteArray()).toHaveLength(bytes.length);
    await expect(
      bob.s3.send(new ListObjectsV2Command({ Bucket: bob.bucket, Prefix: `${identity?.id}/` })),
    ).resolves.toBeDefined();
    bob.close();
  });

  test("a grant that the provider took back gets no credentials any more, and the person is asked", async () => {
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await world.control("POST", "/issuer/revoke", { person: "bob", sessions: true });
    await world.control("DELETE", "/requests");
    await world.control("POST", "/sessions/expire");
    await app.click(textOf("menu"));
    await app.click(textOf("refresh"));
    await app.sees(textOf("expired_notice"));
    // ServerSideTokenCheck refuses an ID token that is still good by its date; the provider then refuses the refresh token.
    const requests = await asked();
    expect(requests).toContain("GetCredentialsForIdentity 400");
    expect(requests).not.toContain("GetCredentialsForIdentity 200");
    expect(await sessionRecord(app.page)).toMatchObject({ credentials: null, idToken: null, refreshToken: null });
    expect(await session()).toMatchObject({ state: "needs-sign-in" });
  });

  test("a grant that is taken back during the sign-in is refused in words, and nobody is signed in", async () => {
    await signOut();
    await world.control("DELETE", "/requests");
    await world.control("POST", "/faults", { operation: "GetId", kind: "delay", ms: 1500 });
    await signIn(browser, app.page, world.aws, "bob");
    await poll("the token", async () => (await asked()).includes("token 200"));
    await world.control("POST", "/issuer/revoke", { person: "bob" });
    await app.sees(textOf("fix_token_refused"));
    expect(await session()).toMatchObject({ state: "signed-out", error: { code: "token-refused" } });
    expect(await sessionRecord(app.page)).toBeNull();
    await world.control("DELETE", "/faults");
  });

  test("no secret of either is anywhere in the browser's profile on disk", async () => {
    await browser.close();
    expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(10);
    expect(await searchForSecrets(browser.profileDir, secrets)).toEqual([]);
  });
});
