// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { requestsSince } from "../lib/request-log.mjs";
import { row } from "../lib/row.mjs";
import { summary } from "../lib/statistics.mjs";

/** How long after the painting a request would still be the popup's, milliseconds. */
const PATIENCE = 500;

/** The real popup of a person who is signed in. @type {import("../lib/groups.mjs").Group} */
export const popup = {
  ids: ["popup-paint", "popup-requests"],
  async measure(world) {
    const local = await world.local();
    const { browser } = await world.signedIn();
    const runs = world.runs(20);
    /** @type {number[]} */
    const painted = [];
    let requests = 0;
    for (let run = -2; run < runs; run += 1) {
      const before = (await requestsSince(local, 0)).at(-1)?.n ?? 0;
      const page = await browser.openPopup();
      const time = await paintedAt(page);
      await sleep(PATIENCE);
      const asked = await requestsSince(local, before);
      await page.close();
      if (run < 0) continue;
      painted.push(time);
      requests = Math.max(requests, asked.length);
    }
    const { median, spread } = summary(painted);
    return [
      row({
        id: "popup-paint",
        what: "popup opened → signed-in view painted",
        value: median,
        unit: "ms",
        spread,
        limit: 100,
      }),
      row({
        id: "popup-requests",
        what: "requests of a popup that opens, most of all runs",
        value: requests,
        unit: "requests",
        limit: 0,
      }),
    ];
  },
};

/**
 * Milliseconds from the popup's start until a frame with the signed-in view was painted: the page's own mark says when the
 * view was there, the browser's entries which frames were.
 *
 * @param {import("puppeteer-core").Page} page
 */
export async function paintedAt(page) {
  await page.waitForFunction(
    () =>
      performance.getEntriesByName("holdall-painted").length > 0 && performance.getEntriesByType("paint").length > 0,
    { timeout: 10_000 },
  );
  return page.evaluate(() => {
    const view = performance.getEntriesByName("holdall-painted")[0]?.startTime ?? Number.NaN;
    const contents = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
    return Math.max(view, contents);
  });
}
