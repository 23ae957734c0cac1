/** The guided setup, in a real browser against a fake background. */
import type { Page } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import { renderCloudFormation } from "../../src/setup/cloudformation/render-cloudformation.ts";
import { parseSettings } from "../../src/setup/parse-settings.ts";
import { renderTerraform } from "../../src/setup/terraform/render-terraform.ts";
import { redirectUrls } from "../../src/shared/redirect-urls.ts";
import type { WireError } from "../../src/shared/result.ts";
import { textOf } from "../support/texts.ts";
import { signedIn } from "../ui/harness/fixtures.ts";
import { appTest } from "./open-app.ts";

vi.setConfig({ testTimeout: 30_000 });

const { open, inputs } = appTest();
const typed = { issuer: "https://acme.eu.auth0.com/", clientId: "kT5wFzR2nq0A", account: "111122223333" };
const fill = (page: Page, label: string, text: string) =>
  page.locator(`::-p-aria(${label}[role="textbox"])`).fill(text);
const fillAll = async (page: Page) => {
  await fill(page, "Issuer", ` ${typed.issuer} `);
  await fill(page, "Client id", typed.clientId);
  await fill(page, "Account", typed.account);
};
const rendered = (page: Page) => page.$$eval(".setup-step .change-text", (boxes) => boxes.at(-1)?.textContent ?? "");
const shows = (page: Page, text: string) => page.locator(`::-p-text(${text})`).wait();
const mismatch: WireError = {
  code: "issuer-mismatch",
  facts: { subs: [typed.issuer, "https://acme.eu.auth0.com"], service: "issuer" },
};
const start = () => open({ route: "#/setup", view: signedIn });

test("every provider says what to register, and Google where to go instead", async () => {
  const page = await start();
  for (const url of Object.values(redirectUrls)) await shows(page, url);
  await page.locator("::-p-aria(Microsoft Entra)").click();
  await shows(page, "Single-page application › Redirect URIs");
  await page.locator("::-p-aria(Google)").click();
  await shows(page, "Google refuses applications without a secret");
  expect(await page.$$eval(".setup-step input[type=text]", (fields) => fields.length)).toBeGreaterThan(3);
  expect(await page.$("::-p-aria(Issuer[role='textbox'])")).toBeNull();
});

test("a fault is told at its field, and there is no template before all is right", async () => {
  const page = await start();
  await fill(page, "Issuer", "login.example.com");
  expect(await page.$eval("[aria-invalid=true]", (field) => (field as HTMLInputElement).value)).toBe(
    "login.example.com",
  );
  expect(await page.$$(".setup-page .buttons ::-p-text(Save)")).toEqual([]);
  await shows(page, "The template appears here once");
});

test("what is wrong is said in the place of the rule, and nothing below it moves", async () => {
  const page = await open({ route: "#/setup", view: signedIn }, 440);
  const next = () => page.$eval(".setup-check", (box) => box.getBoundingClientRect().top);
  const told = () => page.$eval("[aria-invalid=true] + p .field-fault", (fault) => fault.textContent);
  await page.locator(".setup-check").wait();
  const before = await next();
  await fill(page, "Issuer", "login.example.com");
  expect(await told()).toBe(textOf("setup_fault_https"));
  expect(await next()).toBe(before);
  await fill(page, "Issuer", "https://login.example.com:8443/");
  expect(await told()).toBe(textOf("setup_fault_port"));
  await fill(page, "Issuer", "https://login.example.com/?a=b");
  expect(await told()).toBe(textOf("setup_rule_issuer"));
});

test("the template is the one that the command line renders, in each format", async () => {
  const page = await start();
  await fillAll(page);
  const settings = parseSettings({ ...typed, credentials: "webIdentity" });
  await expect.poll(() => rendered(page)).toBe(renderCloudFormation(settings));
  await page.locator("::-p-aria(Terraform)").click();
  await expect.poll(() => rendered(page)).toBe(renderTerraform(settings));
  await page.locator("::-p-aria(Cognito identity pool)").click();
  const pool = parseSettings({ ...typed, credentials: "identityPool" });
  await expect.poll(() => rendered(page)).toBe(renderTerraform(pool));
  await fill(page, "Bucket", "No_Bucket");
  await shows(page, "The template appears here once");
});

test("an issuer of another product is recognised", async () => {
  const page = await start();
  await fill(page, "Issuer", "https://login.microsoftonline.com/0f0f0f0f/v2.0");
  await shows(page, "This looks like an issuer of Microsoft Entra.");
});

test("the provider is asked at a click, and what it says is told", async () => {
  const discovery = { needed: [], authorizationHost: "a", tokenHost: "b", scopesMissing: ["offline_access"] };
  const page = await open({
    route: "#/setup",
    view: signedIn,
    answers: { "profiles.discover": { ok: true, value: discovery } },
  });
  const check = () => page.$eval(".setup-check button", (button) => button.disabled);
  await fill(page, "Issuer", typed.issuer);
  expect(await check()).toBe(true);
  // The account is asked for later on the page.
  await fill(page, "Client id", typed.clientId);
  expect(await check()).toBe(false);
  await page.locator("::-p-text(Check the provider)").click();
  await shows(page, "says the same of itself");
  await shows(page, "It does not offer: offline_access");
  const [asked] = await inputs(page, "profiles.discover");
  expect(JSON.parse(String(asked?.text))).toMatchObject({ issuer: typed.issuer, clientId: typed.clientId });
  // What was said is of that issuer, and of no other.
  await fill(page, "Issuer", "https://other.eu.auth0.com/");
  await expect.poll(() => page.$$eval(".setup-check .good", (told) => told.length)).toBe(0);
});

test("a provider that calls itself otherwise is an error with what to do", async () => {
  const page = await open({
    route: "#/setup",
    view: signedIn,
    answers: { "profiles.discover": { ok: false, error: mismatch } },
  });
  await fillAll(page);
  await page.locator("::-p-text(Check the provider)").click();
  await page.locator(".setup-check .error-panel").wait();
});
