// @ts-check
import { pressButton } from "../../test/support/press-button.ts";
import { SITE_HOST } from "../../test/support/test-world.ts";
import { bundlePeer } from "../lib/bundle-peer.mjs";
import { interleave } from "../lib/interleave.mjs";
import { startPictureServer } from "../lib/picture-server.mjs";
import { row } from "../lib/row.mjs";
import { openSignedIn } from "../lib/signed-in.mjs";
import { round } from "../lib/statistics.mjs";

const size = 1_000_000;
const height = 20_000;
/** Click → "saved", as a multiple of the requests alone; seconds of a picture of the whole page. */
const limit = 1.3;
const pictureLimit = 5;

/**
 * From the click on an image of 1 MB to the notification that says "saved" (Chromium), beside the three requests alone, from
 * another page of the same extension. And a picture of a page of 20,000 pixels, from the order until the view is empty again.
 *
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 * @returns {import("../lib/groups.mjs").Group}
 */
export function captures(name) {
  const prefix = name === "chromium" ? "" : `${name}-`;
  const images = name === "chromium" ? ["capture-image", "capture-image-own-site"] : [];
  return {
    name: "captures",
    ids: [...images, `${prefix}page-screenshot`],
    async measure(world) {
      const local = await world.local();
      const server = await startPictureServer({ size, height });
      const { browser, page, profile, credentials, identity } = await openSignedIn(local, {
        name,
        path: "/app.html#/captures",
        hosts: [SITE_HOST],
      });
      const site = `http://${SITE_HOST}:${server.port}`;
      try {
        const rows = [];
        if (images.length > 0) {
          if (!credentials) throw new Error("The person has no credentials");
          const { region, endpoints, profile: place } = local.aws;
          await page.evaluate(await bundlePeer("capture-by-hand"));
          await page.evaluate(
            (target) => {
              const shared = /** @type {any} */ (globalThis);
              shared.byHand = shared.peers["capture-by-hand"].connect(target);
            },
            {
              ...{ credentials, region, s3: endpoints.s3, bucket: place.bucket.name, dynamodb: endpoints.dynamodb },
              ...{ table: place.table.name, partitionKey: place.table.partitionKey, sortKey: place.table.sortKey },
              identity: identity?.id ?? "",
            },
          );
          const web = await browser.openWebPage(`${site}/long`);
          let count = 0;
          const next = () => `${site}/picture/${++count}.png`;
          const { elsewhere, ownSite, byHand } = await interleave(
            {
              elsewhere: () => click(browser, next(), "https://elsewhere.example/", null),
              ownSite: () => click(browser, next(), `${site}/long`, site),
              byHand: () =>
                page.evaluate(async (url) => {
                  const start = performance.now();
                  await /** @type {any} */ (globalThis).byHand.capture(url, crypto.randomUUID());
                  return performance.now() - start;
                }, next()),
            },
            { runs: world.runs(30), warmUp: 3 },
          );
          await web.close();
          for (const [id, what, theirs, bound] of /** @type {const} */ ([
            ["capture-image", "image of 1 MB captured", elsewhere, limit],
            ["capture-image-own-site", "the same, of the site of its page", ownSite, null],
          ])) {
            const measured = { value: theirs.median, spread: theirs.spread, unit: "ms" };
            const against = `fetch + PUT + PutItem by hand: ${round(byHand.median)} ms`;
            rows.push(row({ id, what, ...measured, against, ratio: theirs.median / byHand.median, limit: bound }));
          }
        }
        const web = await browser.openWebPage(`${site}/long`);
        await pressButton(browser, web);
        await web.bringToFront();
        const milliseconds = await page.evaluate(takePicture, { profile, site });
        rows.push(
          row({
            id: `${prefix}page-screenshot`,
            what: `picture of a page of ${height} px, ${name}`,
            value: milliseconds / 1000,
            unit: "s",
            limit: pictureLimit,
          }),
        );
        return rows;
      } finally {
        await browser.dispose();
        await server.close();
      }
    },
  };
}

/**
 * Milliseconds from a click in the context menu until the notification. The event is dispatched in the worker, as the browser
 * does it.
 *
 * @param {import("../../test/support/extension-browser.ts").ExtensionBrowser} browser
 * @param {string} srcUrl
 * @param {string} pageUrl
 * @param {string | null} tabAt address that the tab's begins with; null: no tab is told
 * @returns {Promise<number>}
 */
async function click(browser, srcUrl, pageUrl, tabAt) {
  const target = await browser.browser.waitForTarget(
    (one) => one.type() === "service_worker" && one.url().startsWith(browser.origin),
  );
  const worker = await target.worker();
  if (!worker) throw new Error("The service worker went away");
  return await worker.evaluate(
    async ({ srcUrl, pageUrl, tabAt }) => {
      const tab = (await chrome.tabs.query({})).find(({ url }) => tabAt !== null && url?.startsWith(tabAt));
      const { notifications, contextMenus } = chrome;
      const create = notifications.create;
      try {
        return await new Promise((resolve, reject) => {
          const start = performance.now();
          /** @param {string} id @param {{ title: string, message: string }} text */
          const told = async (id, text) => {
            if (/saved/i.test(text.title) && !/not/i.test(text.title)) resolve(performance.now() - start);
            else reject(new Error(`${text.title}: ${text.message}`));
            return id;
          };
          notifications.create = /** @type {any} */ (told);
          const event = /** @type {any} */ (contextMenus.onClicked);
          event.dispatch({ menuItemId: "save-image", editable: false, frameId: 0, srcUrl, pageUrl }, tab);
        });
      } finally {
        notifications.create = create;
      }
    },
    { srcUrl, pageUrl, tabAt },
  );
}

/** @param {{ profile: string, site: string }} input */
async function takePicture({ profile, site }) {
  /** @param {string} command @param {object} input */
  const ask = async (command, input) => {
    const answer = await chrome.runtime.sendMessage({ holdall: 1, command, input });
    if (!answer?.ok) throw new Error(`${command}: ${JSON.stringify(answer?.error)}`);
    return answer.value;
  };
  const tab = (await chrome.tabs.query({})).find(({ url }) => url?.startsWith(site))?.id;
  const start = performance.now();
  const { id } = await ask("captures.take", { kind: "page-screenshot", tab, tags: [], note: "" });
  for (;;) {
    const { captures } = await ask("view.get", {});
    const failed = captures.pending.find((/** @type {any} */ one) => one.id === id && one.state === "failed");
    if (failed) throw new Error(JSON.stringify(failed.error));
    const found = await ask("captures.get", { profile, id }).catch(() => null);
    if (found) return performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
