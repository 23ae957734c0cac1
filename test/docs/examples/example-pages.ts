/** The example pages in a real browser, on an origin of their own, with a stand-in for Holdall. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll } from "vitest";
import { createExamplesHandler } from "../../../local/examples/examples-server.ts";
import { ROOT } from "../../../scripts/ensure-dependencies.mjs";
import { sharedBrowser } from "../../ui/harness/shared-browser.ts";
import { announceFake } from "./fake-holdall.ts";

/** @returns opens a page; `#without`: where no Holdall is */
export function examplePages(): (name: string) => Promise<Page> {
  const server = createServer((request, response) => {
    createExamplesHandler(join(ROOT, "docs/examples"))(request, response);
  });
  const opened: Page[] = [];
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await sharedBrowser();
  }, 60_000);
  afterAll(async () => {
    for (const page of opened) await page.close();
    server.closeAllConnections();
    server.close();
  });
  return async (name) => {
    const { browser } = await sharedBrowser();
    const page = await browser.newPage();
    opened.push(page);
    page.setDefaultTimeout(10_000);
    // Whoever leaves with something that is not saved is asked.
    page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));
    await announceFake(page);
    await page.bringToFront();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`);
    return page;
  };
}
