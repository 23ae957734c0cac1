import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AwsAccess, accessAs, accessWith } from "../support/aws-access.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { IMAGE } from "../support/page-server.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { SITE_HOST, startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

/** Digits that a JavaScript number would lose. */
const EXACT_NUMBER = "12345678901234567890.1234567890123456";

/** One person's day, in order: each test goes on where the one before ended. */
describe.each(BROWSER_NAMES)("a day with Holdall in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let alice: AwsAccess;
  let aliceId: string;
  let popup: PersonOnPage;
  const secrets: Record<string, string> = {};
  const upload = { name: "Résumé 2024.bin", path: "", bytes: randomBytes(300_001) };

  const openPopup = async () => {
    await popup?.page.close().catch(() => {});
    popup = new PersonOnPage(await browser.openPopup());
  };
  /** In Chromium the popup closes when the provider's window opens, as it does for a person. */
  const signInAs = async (person: string) => {
    await openPopup();
    await signIn(browser, popup.page, world.aws, person);
    const watcher = await browser.openExtensionPage("/app.html");
    const record = await poll(`${person} to be signed in`, () => sessionRecord(watcher));
    Object.assign(secrets, secretsOf(person, record));
    await watcher.close();
    await openPopup();
    await popup.sees(person === "alice" ? "Alice" : "Bob");
    return record;
  };
  /** The worker may die between any two steps; nothing that a person notices may follow. */
  const maybeKillWorker = async () => {
    if (name === "chromium") await browser.killWorker();
  };

  beforeAll(async () => {
    world = await startTestWorld();
    upload.path = join(tmpdir(), upload.name);
    await writeFile(upload.path, upload.bytes);
    browser = await launchExtension(name, { extension: await world.buildExtension(name), hosts: [SITE_HOST] });
    alice = await accessAs(world, "alice");
    aliceId = world.aws.people.find((person) => person.name === "alice")?.subject ?? "";
  });
  afterAll(async () => {
    alice?.close();
    await browser?.dispose();
    await world?.close();
    await rm(upload.path, { force: true });
  });

  const stored = (sortKey: string) =>
    alice.dynamodb
      .send(new GetItemCommand({ TableName: alice.table, Key: { pk: { S: aliceId }, sk: { S: sortKey } } }))
      .then(({ Item }) => Item);
  const storedKeys = async (prefix = "") => {
    const listed = await alice.s3.send(
      new ListObjectsV2Command({ Bucket: alice.bucket, Prefix: `${aliceId}/${prefix}` }),
    );
    return (listed.Contents ?? []).map(({ Key = "" }) => Key.slice(aliceId.length + 1));
  };

  test("alice signs in through the provider's page", async () => {
    const record = await signInAs("alice");
    expect(record.identity?.id).toBe(aliceId);
  });

  test("she writes an item", async () => {
    await maybeKillWorker();
    await popup.click(textOf("items"));
    await popup.click(textOf("new_item"));
    await popup.fill(textOf("sort_key"), "note#1");
    await popup.fill(textOf("attributes"), `{"title":"First note","exact":${EXACT_NUMBER}}`);
    await popup.click(textOf("save"));
    const item = await poll("the item in the table", () => stored("note#1"));
    expect(item).toMatchObject({ title: { S: "First note" }, exact: { N: EXACT_NUMBER } });
    await popup.click(textOf("items"));
    await popup.sees("First note");
  });

  test("edits it", async () => {
    await maybeKillWorker();
    await openPopup();
    await popup.click(textOf("items"));
    await popup.click("note#1");
    expect(await popup.value(textOf("attributes"))).toContain(EXACT_NUMBER);
    await popup.fill(textOf("attributes"), `{"title":"Second thoughts","exact":${EXACT_NUMBER}}`);
    await popup.click(textOf("save"));
    await poll("the new title in the table", async () => (await stored("note#1"))?.title?.S === "Second thoughts");
    expect((await stored("note#1"))?.exact).toEqual({ N: EXACT_NUMBER });
    await popup.click(textOf("items"));
    await popup.sees("Second thoughts");
  });

  test("and deletes it", async () => {
    await maybeKillWorker();
    await openPopup();
    await popup.click(textOf("items"));
    await popup.click("note#1");
    await popup.click(textOf("delete"));
    await poll("the item to be gone", async () => (await stored("note#1")) === undefined);
  });

  test("she uploads a file, whose bytes arrive unchanged", async () => {
    await maybeKillWorker();
    await openPopup();
    await popup.pick(textOf("choose_files"), upload.path);
    await poll("the object in the bucket", async () => (await storedKeys()).includes(upload.name));
    await popup.seesButton(textOf("save_name", upload.name));
    const { Body } = await alice.s3.send(
      new GetObjectCommand({ Bucket: alice.bucket, Key: `${aliceId}/${upload.name}` }),
    );
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(upload.bytes)).toBe(true);
  });

  test("finds it in the list and saves it to disk", async () => {
    await maybeKillWorker();
    await openPopup();
    await popup.click(textOf("files"));
    await popup.click(textOf("save_name", upload.name));
    const saved = await poll("the file among the downloads", async () => {
      // Browsers write under another name first.
      const unfinished = /^\.|\.(crdownload|part)$/;
      const [file] = (await readdir(browser.downloadDir)).filter((entry) => !unfinished.test(entry));
      if (!file) return null;
      const bytes = await readFile(join(browser.downloadDir, file));
      return bytes.length === upload.bytes.length ? { file, bytes } : null;
    });
    expect(saved.file).toBe(upload.name);
    expect(saved.bytes.equals(upload.bytes)).toBe(true);
  });

  test("and deletes it", async () => {
    await maybeKillWorker();
    await openPopup();
    await popup.click(textOf("files"));
    await popup.click(textOf("delete_name", upload.name));
    await poll("the object to be gone", async () => !(await storedKeys()).includes(upload.name));
  });

  test("she saves an image of a page with a right-click", async () => {
    await maybeKillWorker();
    const page = await browser.openWebPage(`${world.siteOrigin}/`);
    await browser.chooseFromMenu({
      page,
      at: "#picture",
      title: textOf("menu_save_image"),
      menuItemId: "save-image",
    });
    const [key = ""] = await poll("the capture in the bucket", async () => {
      const keys = await storedKeys("captures/");
      return keys.length > 0 && keys;
    });
    expect(key).toMatch(/^captures\/\d{4}\/\d{2}\/.+\.png$/);
    const object = await alice.s3.send(new GetObjectCommand({ Bucket: alice.bucket, Key: `${aliceId}/${key}` }));
    expect(object.ContentType).toBe("image/png");
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? []).equals(IMAGE)).toBe(true);
    const [index] = await poll("the index item in the table", async () => {
      const { Items = [] } = await alice.dynamodb.send(
        new QueryCommand({
          TableName: alice.table,
          KeyConditionExpression: "pk = :me AND begins_with(sk, :captures)",
          ExpressionAttributeValues: { ":me": { S: aliceId }, ":captures": { S: "holdall#capture#" } },
        }),
      );
      return Items.length > 0 && Items;
    });
    expect(JSON.stringify(index)).toContain(key);
    expect(JSON.stringify(index)).toContain(`${world.siteOrigin}/`);
    await page.close();
  });

  test("alice leaves something behind and signs out", async () => {
    await alice.s3.send(
      new PutObjectCommand({ Bucket: alice.bucket, Key: `${aliceId}/diary-of-alice.txt`, Body: "dear diary" }),
    );
    await alice.dynamodb.send(
      new PutItemCommand({
        TableName: alice.table,
        Item: { pk: { S: aliceId }, sk: { S: "plan-of-alice" }, text: { S: "x" } },
      }),
    );
    await openPopup();
    await popup.click(textOf("menu"));
    await popup.click(textOf("sign_out"));
    await popup.sees(textOf("sign_in"));
    const page = await browser.openExtensionPage("/app.html");
    expect(await sessionRecord(page)).toBeNull();
    const left = JSON.stringify(await page.evaluate(() => chrome.storage.session.get(null)));
    for (const secret of Object.values(secrets)) expect(left).not.toContain(secret);
    expect(left).not.toContain(aliceId);
    await page.close();
  });

  test("bob signs in and sees nothing of hers", async () => {
    const record = await signInAs("bob");
    await popup.click(textOf("menu"));
    await popup.click(textOf("refresh"));
    await popup.click(textOf("files"));
    await popup.sees(textOf("empty_files"));
    await popup.click(textOf("items"));
    await popup.sees(textOf("empty_items"));
    await popup.seesNo("alice");

    if (!record.credentials) throw new Error("bob is signed in without credentials");
    const bob = accessWith(world, record.credentials);
    const diary = { Bucket: bob.bucket, Key: `${aliceId}/diary-of-alice.txt` };
    const plan = { pk: { S: aliceId }, sk: { S: "plan-of-alice" } };
    const denied = { name: expect.stringMatching(/^AccessDenied(Exception)?$/) };
    await expect(bob.s3.send(new GetObjectCommand(diary))).rejects.toMatchObject(denied);
    await expect(bob.s3.send(new PutObjectCommand({ ...diary, Body: "mine" }))).rejects.toMatchObject(denied);
    await expect(
      bob.s3.send(new ListObjectsV2Command({ Bucket: bob.bucket, Prefix: `${aliceId}/` })),
    ).rejects.toMatchObject(denied);
    await expect(bob.dynamodb.send(new GetItemCommand({ TableName: bob.table, Key: plan }))).rejects.toMatchObject(
      denied,
    );
    await expect(bob.dynamodb.send(new PutItemCommand({ TableName: bob.table, Item: plan }))).rejects.toMatchObject(
      denied,
    );
    // What is refused is there, and its owner reaches it: the refusals above mean something.
    await expect(alice.s3.send(new GetObjectCommand(diary))).resolves.toBeDefined();
    await expect(alice.dynamodb.send(new GetItemCommand({ TableName: bob.table, Key: plan }))).resolves.toHaveProperty(
      "Item",
    );
    bob.close();
  });

  test("no secret of either is anywhere in the browser's profile on disk", async () => {
    await browser.close();
    expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(8);
    expect(await searchForSecrets(browser.profileDir, secrets)).toEqual([]);
  });
});
