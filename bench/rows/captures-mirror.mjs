// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { launchExtension } from "../../test/support/launch-extension.ts";
import { poll } from "../../test/support/poll.ts";
import { bundlePeer } from "../lib/bundle-peer.mjs";
import { row } from "../lib/row.mjs";
import { round, summary } from "../lib/statistics.mjs";

/** @typedef {Parameters<typeof import("../in-page/captures-mirror.mjs").ask>[1]} Question */

const count = 100_000;
/** Milliseconds. */
const limit = 20;
const patience = 900_000;
const PAUSE = 500;

/** @type {[id: string, what: string, first: Question, second: Question | null][]} */
const questions = [
  ["mirror-page", "already saved from this page?", "page", "newPage"],
  ["mirror-hash", "are these bytes saved already?", "hash", "newHash"],
  ["mirror-list", "the newest 100", "list", null],
  ["mirror-filter", "100 of a tag and a kind", "tag", null],
  ["mirror-word", "100 with a word", "word", null],
  ["mirror-no-word", "words that nothing holds", "noWord", null],
  ["mirror-facets", "what one can filter by", "facets", null],
];
const limited = ["mirror-page", "mirror-hash"];

/**
 * What the mirror answers with 100,000 captures in it, in the browser's own IndexedDB. Where there are two questions, one has
 * an answer and one has none, and the slower counts.
 *
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 * @returns {import("../lib/groups.mjs").Group}
 */
export function capturesMirror(name) {
  const prefix = name === "chromium" ? "" : `${name}-`;
  return {
    name: "captures-mirror",
    ids: ["mirror-fill", "mirror-first", ...questions.map(([id]) => id)].map((id) => prefix + id),
    async measure(world) {
      const extension = (await world.release()).find(({ browser }) => browser === name)?.path;
      if (!extension) throw new Error(`There is no build for ${name}`);
      const browser = await launchExtension(name, { extension });
      try {
        const script = await bundlePeer("captures-mirror", "in-page");
        const page = await browser.openExtensionPage("/app.html");
        await page.evaluate(script);
        const fillTime = await fill(page);
        const rows = [
          row({
            id: `${prefix}mirror-fill`,
            what: `${count} captures read in, ${name}`,
            value: fillTime / 1000,
            unit: "s",
          }),
        ];
        /** @type {number[]} */
        const first = [];
        for (let run = 0; run < world.runs(15); run += 1) {
          const another = await browser.openExtensionPage("/app.html");
          await another.evaluate(script);
          // The app in it begins as well, and is not what is measured.
          await sleep(PAUSE);
          first.push(await ask(another, "page", run));
          await another.close();
        }
        const opened = summary(first);
        rows.push(
          row({
            id: `${prefix}mirror-first`,
            what: `already saved? the first question of a new page, ${name}`,
            value: opened.median,
            spread: opened.spread,
            unit: "ms",
          }),
        );
        for (const [id, what, one, other] of questions) {
          const runs = world.runs(50);
          const [a, b] = [await askOften(page, one, runs), other && (await askOften(page, other, runs))];
          const slower = b && b.median > a.median ? b : a;
          rows.push(
            row({
              id: prefix + id,
              what: `${what}, ${name}`,
              value: slower.median,
              spread: slower.spread,
              unit: "ms",
              against: `slowest of ${runs}: ${round(Math.max(a.most, b?.most ?? 0))} ms`,
              limit: limited.includes(id) ? limit : null,
            }),
          );
        }
        return rows;
      } finally {
        await browser.dispose();
      }
    },
  };
}

/** @param {import("puppeteer-core").Page} page @returns {Promise<number>} milliseconds */
async function fill(page) {
  await inPage(page, "fill", count);
  return await poll("a full mirror", () => inPage(page, "filled"), patience);
}

/** @param {import("puppeteer-core").Page} page @param {Question} what @param {number} turn @returns {Promise<number>} */
async function ask(page, what, turn) {
  return Number(await inPage(page, "ask", count, what, turn));
}

/** @param {import("puppeteer-core").Page} page @param {Question} what @param {number} runs */
async function askOften(page, what, runs) {
  const times = [];
  for (let run = -3; run < runs; run += 1) {
    const time = await ask(page, what, run + 100);
    if (run >= 0) times.push(time);
  }
  return { ...summary(times), most: Math.max(...times) };
}

/**
 * @param {import("puppeteer-core").Page} page
 * @param {"fill" | "filled" | "ask"} verb of bench/in-page/captures-mirror.mjs
 * @param {(string | number)[]} input
 * @returns {Promise<number | null>}
 */
function inPage(page, verb, ...input) {
  return page.evaluate(
    (verb, input) => {
      const { peers } =
        /** @type {{ peers: Record<string, Record<string, (...input: unknown[]) => number | null>> }} */ (
          /** @type {unknown} */ (globalThis)
        );
      return peers["captures-mirror"]?.[verb]?.(...input) ?? null;
    },
    verb,
    input,
  );
}
