/**
 * Pictures of the states: `node --import tsx test/ui/harness/screenshots.ts [--out DIR] [--only NAME,…] [--width 360]`.
 * Without options it renews those of docs/screenshots, which show a choice of the states.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Page } from "puppeteer-core";
import { launchBrowser, openState, type Scheme } from "./open-state.ts";
import { serveHarness } from "./serve.ts";
import { states } from "./states.ts";

/** Enough to see how it looks and speaks, few enough for a repository. */
const pictured = [
  ...[
    "first-run",
    "signed-out",
    "signed-out-error",
    "files",
    "items",
    "transfers",
    "transfers-asking",
    "dock",
    "files-selected",
    "loading",
    "empty",
    "error",
    "offline",
  ],
  ...["expired", "undo", "json-error", "conflict", "file", "item", "item-conflict", "settings", "import-review"],
  ...["captures", "capture", "captures-pending", "activity", "activity-entry", "page-saved", "taken", "taking-failed"],
  ...["doctor-green", "doctor-denied", "doctor-signed-out", "proof-green", "proof-hole", "proof-unproven"],
  ...["consent", "consent-look-alike", "consent-identity-pool", "sites", "site", "site-connected", "site-unconnected"],
];

/** A browser makes the popup as high as its content. */
async function fitPopup(page: Page): Promise<void> {
  const [width, height] = await page.evaluate(() => [innerWidth, document.body.scrollHeight] as const);
  await page.setViewport({ width, height });
}

const { values } = parseArgs({
  options: { out: { type: "string" }, only: { type: "string" }, width: { type: "string" }, page: { type: "string" } },
});
const out = values.out ?? fileURLToPath(new URL("../../../docs/screenshots", import.meta.url));
const only = values.only?.split(",") ?? (values.out === undefined ? pictured : undefined);
const schemes: Scheme[] = ["light", "dark"];
const usual = { popup: 360, app: 1280, consent: 440 };
const heights = { popup: 600, app: 800, consent: 680 };

await mkdir(out, { recursive: true });
const harness = await serveHarness();
const browser = await launchBrowser();
try {
  for (const state of states) {
    if (only !== undefined && !only.includes(state.name)) continue;
    if (values.page !== undefined && values.page !== state.page) continue;
    for (const scheme of schemes) {
      const width = Number(values.width ?? usual[state.page]);
      const page = await openState(browser, harness, state, { width, height: heights[state.page], scheme });
      if (state.page === "popup") await fitPopup(page);
      const box = state.page === "popup" ? await page.$("body") : null;
      const suffix = values.width === undefined ? "" : `-${values.width}`;
      const path = join(out, `${state.page}-${state.name}-${scheme}${suffix}.png`) as `${string}.png`;
      await (box ?? page).screenshot({ path });
      await page.close();
    }
  }
} finally {
  await browser.close();
  await harness.close();
}
