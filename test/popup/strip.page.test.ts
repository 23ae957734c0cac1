/** Uploads and transfers in the popup, in a real browser against a fake background. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { expect, test, vi } from "vitest";
import type { WireError } from "../../src/shared/result.ts";
import { signedIn } from "../ui/harness/fixtures.ts";
import { layoutShift } from "../ui/harness/layout-shift.ts";
import { pageTest } from "../ui/harness/page-test.ts";
import { movingTransfers, transfer, viewOf } from "../ui/harness/transfer-fixtures.ts";

vi.setConfig({ testTimeout: 20_000 });

const { open, asked } = pageTest("popup");

test("picked files are given to the background in one message; what it refuses is told by name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "holdall-popup-"));
  const paths = [join(folder, "a.txt"), join(folder, "b.txt")];
  await Promise.all(paths.map((path) => writeFile(path, "x")));
  const refused = [{ index: 1, error: { code: "name-too-long", facts: { subs: ["1030"] } } }];
  const page = await open({ answers: { "files.upload": { ok: true, value: { ids: ["t"], refused } } } });
  const input = (await page.$("input[type=file]")) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...paths);
  await page.locator(".refusals ::-p-text(b.txt)").wait();
  const [sent] = await asked(page);
  expect(sent?.input.files).toMatchObject([{ path: "a.txt" }, { path: "b.txt" }]);
  await page.locator('[aria-label="Take b.txt off the list"]').click();
  await page.waitForSelector(".transfers", { hidden: true });
  await rm(folder, { recursive: true });
});

test("the strip's place is there at the first paint, and nothing moves when it comes", async () => {
  const page = await open({ view: { ...signedIn, transfers: movingTransfers } });
  await page.locator("::-p-text(All transfers)").wait();
  expect(await layoutShift(page)).toBeLessThan(0.01);
});

test("a missing permission of a transfer is asked for in the click that mends it", async () => {
  const error: WireError = { code: "permission-needed", facts: { subs: ["*.amazonaws.com"] } };
  const row = transfer("t", { name: "a.txt", size: 9, state: "waiting", waitsFor: "permission", error });
  const page = await open({ view: { ...signedIn, transfers: viewOf([row]) } });
  await page.locator("::-p-aria(Allow *.amazonaws.com)").click();
  const requested = () => page.evaluate(() => (globalThis as unknown as { requested: unknown[] }).requested);
  await expect.poll(requested).toEqual([{ origins: ["https://*.amazonaws.com/*"], inClick: true }]);
  await expect.poll(() => asked(page)).toEqual([{ command: "transfers.retry", input: { which: ["t"] } }]);
});
