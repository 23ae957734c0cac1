/** What the Activity page lists is what the servers saw: each request once, and no other. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LoggedRequest } from "../../local/control/request-log.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

const services = () => ({
  issuer: textOf("service_issuer"),
  sts: textOf("service_sts"),
  s3: textOf("service_s3"),
  dynamodb: textOf("service_dynamodb"),
});

/** What the window loads is the provider's page's own, and so is its icon; STS asks the issuer for its keys by itself. */
const byHoldall = ({ service, identity, operation }: LoggedRequest) =>
  identity !== "sts" && !(service === "issuer" && ["authorize", "login", "Unknown"].includes(operation));

/** `S3 PutObject 200`, as a person reads it in a row: the outcome's number, and its word where there is none. */
async function linesOn(page: Page): Promise<string[]> {
  const lines = new Map<string, string>();
  const total = Number(await page.$eval(".activity-list", (list) => list.getAttribute("aria-rowcount")));
  for (let top = 0; lines.size < total; top += 200) {
    const seen = await page.evaluate(async (to) => {
      document.querySelector(".activity-list")?.scrollTo(0, to);
      await new Promise((resolve) => setTimeout(resolve, 150));
      return [...document.querySelectorAll(".activity-row")].map((row) => [
        row.getAttribute("aria-rowindex") ?? "",
        [".a1", ".a2", ".a3"].map((cell) => row.querySelector(cell)?.textContent ?? "").join(" "),
      ]);
    }, top);
    for (const [index = "", line = ""] of seen) lines.set(index, line.replace(/(\d{3}) .*$/, "$1"));
    if (top > 100_000) throw new Error(`${lines.size} of ${total} rows came into sight`);
  }
  return [...lines.values()].sort();
}

describe.each(BROWSER_NAMES)("the activity of a morning in %s", (name) => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let app: Page;
  let person: PersonOnPage;
  let disk: string;
  const secrets: Record<string, string> = {};

  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), "holdall-activity-"));
    await writeFile(join(disk, "small.bin"), randomBytes(300_001));
    await writeFile(join(disk, "large.bin"), randomBytes(18 * 1024 ** 2));
    world = await startTestWorld();
    browser = await launchExtension(name, { extension: await world.buildExtension(name) });
    app = await browser.openApp("/files");
    person = new PersonOnPage(app);
    await world.control("DELETE", "/requests");
  });
  afterAll(async () => {
    await browser?.dispose();
    await world?.close();
    await rm(disk, { recursive: true, force: true });
  });

  const logged = async () => {
    const names: Record<string, string> = services();
    return ((await world.control("GET", "/requests")) as LoggedRequest[])
      .filter(byHoldall)
      .map(({ service, operation, status }) => {
        const action = operation === "jwks" ? "keys" : operation;
        return `${names[service]} ${action} ${status}`;
      })
      .sort();
  };
  const window = () => `${textOf("service_issuer")} authorize ${textOf("outcome_redirected")}`;
  /** Waits until both stand still and agree. */
  const agree = async () => {
    await poll("the list to show what the servers saw", async () => {
      const lines = (await linesOn(app)).filter((line) => line !== window());
      return JSON.stringify(lines) === JSON.stringify(await logged());
    }).catch(() => null);
    expect((await linesOn(app)).filter((line) => line !== window())).toEqual(await logged());
  };

  test("alice signs in, uploads a small file and one in parts, and finds a line for each request and no other", async () => {
    await signIn(browser, app, world.aws, "alice");
    const record = await poll("alice to be signed in", () => sessionRecord(app));
    Object.assign(secrets, secretsOf("alice", record));
    await person.pick(textOf("choose_files"), join(disk, "small.bin"), join(disk, "large.bin"));
    await person.seesButton(textOf("save_name", "large.bin"));
    await person.seesButton(textOf("save_name", "small.bin"));
    await person.click(textOf("activity"));
    await app.waitForSelector(".activity-row");
    await agree();
    const lines = await linesOn(app);
    const names = services();
    expect(lines.filter((line) => line === window())).toHaveLength(1);
    for (const expected of [`${names.issuer} token 200`, `${names.sts} AssumeRoleWithWebIdentity 200`]) {
      expect(lines.filter((line) => line === expected)).toHaveLength(1);
    }
    expect(lines.filter((line) => line === `${names.s3} PutObject 200`)).toHaveLength(1);
    expect(lines.filter((line) => line === `${names.s3} UploadPart 200`).length).toBeGreaterThan(1);
    expect(lines).toContain(`${names.s3} CompleteMultipartUpload 200`);
    expect(lines).toContain(`${names.dynamodb} Query 200`);
  });

  test("the hosts that are named are the local AWS's and no others", async () => {
    const { issuer, profile } = world.aws;
    const { sts = "", s3 = "", dynamodb = "" } = profile.endpoints;
    const known = new Set([issuer, sts, s3, dynamodb].map((url) => new URL(url).host));
    const shown = await app.$$eval(".host-spoken bdi", (hosts) => hosts.map((host) => host.textContent));
    expect(new Set(shown)).toEqual(known);
  });

  test("the list outlives the background, and goes on", async () => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (name === "chromium") await browser.killWorker();
    await person.click(textOf("files"));
    await person.click(textOf("activity"));
    await app.waitForSelector(".activity-row");
    await agree();
  });

  test("a request that fails is among the failed", async () => {
    await world.control("POST", "/faults", {
      operation: "ListObjectsV2",
      kind: "error",
      status: 403,
      code: "AccessDenied",
    });
    await person.click(textOf("files"));
    await person.sees(textOf("retry"));
    await person.click(textOf("activity"));
    await app.waitForSelector(".activity-row");
    await agree();
    await person.check(textOf("activity_failed_only"));
    await expect.poll(() => linesOn(app)).toEqual([`${services().s3} ListObjectsV2 403`]);
  });

  test("no secret is in what is kept of it, nor anywhere on disk", async () => {
    const kept = await app.evaluate(async () => {
      const stored = await chrome.storage.session.get(null);
      return JSON.stringify(Object.entries(stored).filter(([key]) => key.startsWith("activity/")));
    });
    expect(kept).toContain("CompleteMultipartUpload");
    for (const secret of [...Object.values(secrets), "small.bin", "large.bin"]) expect(kept).not.toContain(secret);
    await browser.close();
    expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(3);
    expect(await searchForSecrets(browser.profileDir, secrets)).toEqual([]);
  });
});
