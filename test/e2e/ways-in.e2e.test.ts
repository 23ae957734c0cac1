/** The other ways to credentials, as a person goes them in real browsers: an identity pool, and a role from a directory. */
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandName, Input, Output } from "../../src/messaging/protocol.ts";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import type { BrowserName, ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

interface Stage {
  world: TestWorld;
  browser: ExtensionBrowser;
  app: Page;
  /** Id of the one profile. */
  profile: string;
  secrets: Record<string, string>;
}

/** @param which index of the local AWS's profile */
async function setStage(name: BrowserName, which: 1 | 2): Promise<Stage> {
  const world = await startTestWorld();
  const extension = await world.buildExtension(name, { profiles: [world.aws.profiles[which]] });
  const browser = await launchExtension(name, { extension });
  const app = await browser.openApp("/files");
  const stage = { world, browser, app, profile: "", secrets: {} };
  stage.profile = await poll("the profile", async () => (await ask(stage, "view.get", {})).activeProfile ?? undefined);
  return stage;
}

async function ask<Name extends CommandName>({ app }: Stage, command: Name, input: Input<Name>): Promise<Output<Name>> {
  const answer = await app.evaluate((message) => chrome.runtime.sendMessage(message), { holdall: 1, command, input });
  if (!answer.ok) throw Object.assign(new Error(JSON.stringify(answer.error)), answer.error);
  return answer.value;
}

const session = async (stage: Stage) => (await ask(stage, "view.get", {})).session;

/** Until the session is in a state. */
async function reaches(stage: Stage, state: string) {
  return await poll(`the session to be ${state}`, async () => {
    const now = await session(stage);
    return now.state === state ? now : undefined;
  });
}

async function keepSecrets(stage: Stage, person: string): Promise<void> {
  const record = await sessionRecord(stage.app);
  if (record !== null) Object.assign(stage.secrets, secretsOf(person, record));
}

const save = (stage: Stage, sortKey: string) =>
  ask(stage, "items.save", {
    profile: stage.profile,
    sortKey,
    attributes: { text: { S: sortKey } },
    basis: null,
  });

async function noSecretLeft(stage: Stage): Promise<void> {
  await stage.browser.close();
  expect(Object.keys(stage.secrets).length).toBeGreaterThan(3);
  expect(await searchForSecrets(stage.browser.profileDir, stage.secrets)).toEqual([]);
}

describe.each(BROWSER_NAMES)("an identity pool in %s", (name) => {
  let stage: Stage;
  let alice: AwsAccess & { identity: string };
  beforeAll(async () => {
    stage = await setStage(name, 1);
    alice = await accessAs(stage.world, "alice", stage.world.aws.profiles[1]);
  });
  afterAll(async () => {
    alice?.close();
    await stage?.browser.dispose();
    await stage?.world.close();
  });

  test("alice signs in by one token and two requests to Cognito, and is who Cognito says", async () => {
    const { browser, app, world } = stage;
    await world.control("DELETE", "/requests");
    await signIn(browser, app, world.aws, "alice");
    expect(await reaches(stage, "signed-in")).toMatchObject({ identity: { id: alice.identity, name: "Alice Archer" } });
    await keepSecrets(stage, "alice");
    const counts = (await world.control("GET", "/requests/count")) as Record<string, number>;
    expect(counts).toMatchObject({ "token 200": 1, "GetId 200": 1, "GetCredentialsForIdentity 200": 1 });
    expect(counts["AssumeRoleWithWebIdentity 200"]).toBeUndefined();
  });

  test("her files and items are her own", async () => {
    const row = await save(stage, "hers");
    expect(row.sortKey).toBe("hers");
    await stage.app.evaluate(async (profile) => {
      const files = [{ file: new Blob(["A"]), size: 1, path: "a.txt" }];
      const input = { profile, files, ifExists: "fail" };
      await chrome.runtime.sendMessage({ holdall: 1, command: "files.upload", input });
    }, stage.profile);
    const text = await poll("the file to be stored", async () => {
      const Key = `${alice.identity}/a.txt`;
      const found = await alice.s3.send(new GetObjectCommand({ Bucket: alice.bucket, Key })).catch(() => null);
      return await found?.Body?.transformToString();
    });
    expect(text).toBe("A");
  });

  test("a renewal asks for the same identity, and costs one request to Cognito", async () => {
    const { world } = stage;
    await world.control("POST", "/sessions/expire");
    await world.control("DELETE", "/requests");
    // Credentials that are two seconds old are taken for new, whoever calls them expired.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await Promise.all(["one", "two", "three"].map((key) => save(stage, key)));
    const counts = (await world.control("GET", "/requests/count")) as Record<string, number>;
    expect(counts).toMatchObject({ "GetCredentialsForIdentity 200": 1 });
    expect(counts["GetId 200"]).toBeUndefined();
    await keepSecrets(stage, "alice, renewed,");
  });

  test("taken back at the provider, ServerSideTokenCheck ends it at the next renewal", async () => {
    const { world } = stage;
    await world.control("POST", "/issuer/revoke", { person: "alice", sessions: true });
    await world.control("POST", "/sessions/expire");
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await expect(save(stage, "late")).rejects.toThrow(/session-ended|token-refused/);
    expect(await reaches(stage, "needs-sign-in")).toMatchObject({ identity: { id: alice.identity } });
  });

  test("no secret of hers is anywhere on disk", () => noSecretLeft(stage));
});

describe.each(BROWSER_NAMES)("a role directory in %s", (name) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(name, 2);
  });
  afterAll(async () => {
    await stage?.browser.dispose();
    await stage?.world.close();
  });
  /** What the buttons say, one after the other. */
  const auditor = "AuditorRead, for auditors.holdall-auditor";
  const everything = "EverythingRead and write your own files and items.holdall-person";
  const person = () => new PersonOnPage(stage.app);

  test("alice is offered three roles; the one that IAM refuses says so, and leaves the others", async () => {
    const { browser, app, world } = stage;
    await world.control("DELETE", "/requests");
    await signIn(browser, app, world.aws, "alice");
    expect(await reaches(stage, "choosing-role")).toMatchObject({ roles: 3, refused: null });
    await keepSecrets(stage, "alice, before the role,");
    const counts = (await world.control("GET", "/requests/count")) as Record<string, number>;
    expect(counts).toMatchObject({ "token 200": 1, "roles 200": 1 });
    expect(counts["AssumeRoleWithWebIdentity 200"]).toBeUndefined();
    await person().click(auditor);
    await poll("the refusal", async () => {
      const now = await session(stage);
      return now.state === "choosing-role" && now.refused !== null;
    });
    await person().click(everything);
    expect(await reaches(stage, "signed-in")).toMatchObject({ role: { name: "Everything", of: 3 } });
    await save(stage, "with everything");
    await keepSecrets(stage, "alice");
  });

  test("the choice is remembered at the next sign-in", async () => {
    const { browser, app, world, profile } = stage;
    await ask(stage, "session.signOut", { profile });
    await reaches(stage, "signed-out");
    await signIn(browser, app, world.aws, "alice");
    expect(await reaches(stage, "signed-in")).toMatchObject({ role: { name: "Everything" } });
    await keepSecrets(stage, "alice, again,");
  });

  test("a reader reads and may not write, and says so; nothing of hers is lost", async () => {
    const { applications } = await ask(stage, "session.roles", { profile: stage.profile });
    const reader = applications.flatMap(({ roles }) => roles).find(({ arn }) => arn.endsWith("/holdall-reader"));
    await ask(stage, "session.chooseRole", { profile: stage.profile, role: reader?.arn ?? "" });
    expect(await session(stage)).toMatchObject({ state: "signed-in", role: { arn: reader?.arn } });
    await expect(save(stage, "as a reader")).rejects.toThrow(/access-denied/);
    const { items } = await ask(stage, "items.list", { profile: stage.profile });
    expect(items.map(({ sortKey }) => sortKey)).toContain("with everything");
  });

  test("a lock shows nobody, and the way back is a sign-in", async () => {
    const { browser, app, world } = stage;
    const began = Date.now();
    await ask(stage, "session.lock", {});
    expect(Date.now() - began).toBeLessThan(1000);
    expect(await session(stage)).toEqual({ state: "signed-out", error: null, locked: true });
    expect(await sessionRecord(app)).toBeNull();
    expect((await ask(stage, "view.get", {})).recent.items).toEqual([]);
    await signIn(browser, app, world.aws, "alice", textOf("unlock"));
    await reaches(stage, "signed-in");
    await keepSecrets(stage, "alice, unlocked,");
  });

  test("no secret of hers is anywhere on disk", () => noSecretLeft(stage));
});
