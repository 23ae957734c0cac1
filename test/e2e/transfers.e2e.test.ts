/** Transfers in real browsers, while the background ends under them. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { GetObjectCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { View } from "../../src/messaging/view.ts";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";

const size = 20_000_000;

describe.each(BROWSER_NAMES)("transfers in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let alice: AwsAccess;
  let aliceId: string;
  let app: Page;

  beforeAll(async () => {
    world = await startTestWorld();
    browser = await launchExtension(name, { extension: await world.buildExtension(name) });
    alice = await accessAs(world, "alice");
    aliceId = world.aws.people.find((person) => person.name === "alice")?.subject ?? "";
    app = await browser.openApp("/files");
    await signIn(browser, app, world.aws, "alice");
    await poll("alice to be signed in", async () => (await view()).session.state === "signed-in");
  });
  afterAll(async () => {
    alice?.close();
    await browser?.dispose();
    await world?.close();
  });

  async function call(command: string, input: object): Promise<unknown> {
    const message = JSON.stringify({ holdall: 1, command, input });
    return await app.evaluate((text) => chrome.runtime.sendMessage(JSON.parse(text)), message);
  }

  const view = async () => ((await call("view.get", {})) as { value: View }).value;
  const states = async () => (await view()).transfers.map(({ path, state }) => `${path} ${state}`);
  const fault = (input: object) => world.control("POST", "/faults", input);

  /** A file whose bytes follow from its seed, made in the page. */
  async function upload(path: string, seed: number): Promise<void> {
    const profile = (await view()).activeProfile;
    const answer = await app.evaluate(
      async (input) => {
        const bytes = new Uint8Array(input.size).map((_, index) => (index * 31 + input.seed + (index >> 8)) & 255);
        const message = { profile: input.profile, file: new File([bytes], "f"), path: input.path, ifExists: "fail" };
        return await chrome.runtime.sendMessage({ holdall: 1, command: "files.upload", input: message });
      },
      { size, seed, path, profile },
    );
    expect(answer).toMatchObject({ ok: true });
  }

  function digestOf(seed: number): string {
    const bytes = new Uint8Array(size).map((_, index) => (index * 31 + seed + (index >> 8)) & 255);
    return createHash("sha256").update(bytes).digest("hex");
  }

  async function storedDigest(path: string): Promise<string> {
    const { Body } = await alice.s3.send(new GetObjectCommand({ Bucket: alice.bucket, Key: `${aliceId}/${path}` }));
    return createHash("sha256")
      .update((await Body?.transformToByteArray()) ?? new Uint8Array())
      .digest("hex");
  }

  async function versionsOf(path: string): Promise<number> {
    const listed = await alice.s3.send(
      new ListObjectVersionsCommand({ Bucket: alice.bucket, Prefix: `${aliceId}/${path}` }),
    );
    return listed.Versions?.length ?? 0;
  }

  const done = (path: string) =>
    poll(`${path} to be done`, async () => (await states()).includes(`${path} done`), 60_000);

  test("an upload goes on after the background ended under it", async () => {
    await fault({ operation: "PutObject", kind: "delay", ms: 3000 });
    await upload("killed.bin", 1);
    await poll("the upload to run", async () => (await states()).includes("killed.bin running"));
    if (name === "chromium") await browser.killWorker();
    await done("killed.bin");
    expect(await storedDigest("killed.bin")).toBe(digestOf(1));
  });

  test("an upload whose answer is lost is found again, and makes no second version", async () => {
    await fault({ operation: "PutObject", kind: "cutAfter" });
    await upload("cut.bin", 2);
    await done("cut.bin");
    expect(await versionsOf("cut.bin")).toBe(1);
    expect(await storedDigest("cut.bin")).toBe(digestOf(2));
  });

  test("a download is saved whole after the background ended under it", async () => {
    await fault({ operation: "GetObject", kind: "delay", ms: 2000 });
    const profile = (await view()).activeProfile;
    await call("files.save", { profile, path: "killed.bin" });
    await poll("the download to run", async () => (await states()).includes("killed.bin running"));
    if (name === "chromium") await browser.killWorker();
    const saved = await poll("the file among the downloads", async () => {
      const [file] = (await readdir(browser.downloadDir)).filter((entry) => entry.startsWith("killed"));
      const bytes = file === undefined ? null : await readFile(join(browser.downloadDir, file));
      return bytes?.length === size && bytes;
    });
    expect(createHash("sha256").update(saved).digest("hex")).toBe(digestOf(1));
  });

  test("signing out stops an upload, and it goes on for the same person", async () => {
    await fault({ operation: "PutObject", kind: "delay", ms: 4000 });
    await upload("mine.bin", 4);
    await poll("the upload to run", async () => (await states()).includes("mine.bin running"));
    const profile = (await view()).activeProfile;
    await call("session.signOut", { profile });
    expect(await states()).toEqual([]);
    await signIn(browser, app, world.aws, "alice");
    await done("mine.bin");
    expect(await storedDigest("mine.bin")).toBe(digestOf(4));
  });
});
