/**
 * Captures from the popup, as the toolbar's button opens it: with the permissions of that click alone. Firefox lets no driver
 * into its panel, and a popup in a tab would have itself in view.
 */
import { GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { launchExtension } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { pressButton } from "../support/press-button.ts";
import { sessionRecord } from "../support/session-secrets.ts";
import { signIn } from "../support/sign-in.ts";
import { SITE_HOST, startTestWorld, type TestWorld } from "../support/test-world.ts";
import { textOf } from "../support/texts.ts";

describe("captures from the popup in chromium", () => {
  let world: TestWorld;
  let browser: ExtensionBrowser;
  let alice: AwsAccess;
  let aliceId: string;
  let page: Page;

  beforeAll(async () => {
    world = await startTestWorld();
    const extension = await world.buildExtension("chromium", { siteGranted: false });
    browser = await launchExtension("chromium", { extension, hosts: [SITE_HOST] });
    alice = await accessAs(world, "alice");
    aliceId = world.aws.people.find((person) => person.name === "alice")?.subject ?? "";
    page = await browser.openWebPage(`${world.siteOrigin}/`);
  });
  afterAll(async () => {
    alice?.close();
    await browser?.dispose();
    await world?.close();
  });

  async function pressPopup(): Promise<PersonOnPage> {
    const known = new Set(browser.browser.targets());
    await pressButton(browser, page);
    const target = await browser.browser.waitForTarget(
      (one) => !known.has(one) && one.url().startsWith(`${browser.origin}/popup.html`),
      { timeout: 15_000 },
    );
    return new PersonOnPage(await target.asPage());
  }

  const indexItems = async () => {
    const { Items = [] } = await alice.dynamodb.send(
      new QueryCommand({
        TableName: alice.table,
        KeyConditionExpression: "pk = :me AND begins_with(sk, :captures)",
        ExpressionAttributeValues: { ":me": { S: aliceId }, ":captures": { S: "holdall#capture#" } },
      }),
    );
    return Items;
  };
  const stored = (count: number) =>
    poll(`${count} index items`, async () => {
      const found = await indexItems();
      return found.length >= count && found;
    });
  const tagsOf = async (sortKey: string) => {
    const { Item } = await alice.dynamodb.send(
      new GetItemCommand({ TableName: alice.table, Key: { pk: { S: aliceId }, sk: { S: sortKey } } }),
    );
    return JSON.stringify(Item?.tags ?? null);
  };

  test("signed out a picture of what is in view is kept with its words, and goes out after the sign-in", async () => {
    const popup = await pressPopup();
    await popup.click(textOf("screenshot"));
    await popup.sees(textOf("capture_kept"));
    await popup.fill(textOf("capture_tags"), "kept");
    await popup.click(textOf("done"));
    expect(await indexItems()).toEqual([]);
    await signIn(browser, popup.page, world.aws, "alice");
    const watcher = await browser.openExtensionPage("/app.html");
    await poll("alice to be signed in", () => sessionRecord(watcher));
    await watcher.close();
    const again = await pressPopup();
    await again.click(textOf("unclaimed_take"));
    const [item] = await stored(1);
    expect(await tagsOf(item?.sk?.S ?? "")).toContain("kept");
    const object = await alice.s3.send(
      new GetObjectCommand({ Bucket: alice.bucket, Key: `${aliceId}/${item?.path?.S}` }),
    );
    expect(object.ContentType).toBe("image/png");
    await again.page.close();
  });

  test("a bookmark by the menu, its tag and note typed after the click", async () => {
    const popup = await pressPopup();
    await popup.click(textOf("save_page_more"));
    await popup.click(textOf("save_bookmark"));
    await popup.fill(textOf("capture_tags"), "tide");
    await popup.fill(textOf("capture_note"), "For the letter");
    await popup.sees(textOf("capture_saved"));
    await popup.click(textOf("done"));
    await popup.seesNo(textOf("done"));
    const items = await stored(2);
    const bookmark = items.at(-1);
    expect(JSON.stringify(bookmark)).toContain(`${world.siteOrigin}/`);
    await poll("tag and note in the table", async () => {
      const [last] = (await indexItems()).slice(-1);
      return JSON.stringify(last).includes("tide") && JSON.stringify(last).includes("For the letter");
    });
    await popup.page.close();
  });

  test("the next time the page is known as saved, without a request", async () => {
    const popup = await pressPopup();
    await popup.sees(textOf("captures_many", "2"));
    await popup.page.close();
  });
});
