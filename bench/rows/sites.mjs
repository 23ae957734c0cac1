// @ts-check
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { defaultLimits } from "../../src/shared/site/site-grant.ts";
import { connectSite } from "../../test/support/connect-site.ts";
import { bundlePeer } from "../lib/bundle-peer.mjs";
import { interleave } from "../lib/interleave.mjs";
import { connectInPage, runInPage } from "../lib/item-calls.mjs";
import { row } from "../lib/row.mjs";
import { openSignedIn } from "../lib/signed-in.mjs";
import { round } from "../lib/statistics.mjs";
import { paintedAt } from "./popup.mjs";

const CALLS = 20;
/** Bytes of the file that is read, and forged messages in a second. */
const SIZE = 100_000_000;
const FLOOD = 10_000;

/**
 * @typedef {object} Shared
 * @property {{ request(input: { method: string, params?: unknown }): Promise<any> }} provider
 * @property {{ ask(): Promise<unknown> }} own
 */

/**
 * What a connected page gets (an example page, connected by the popup and the window that asks), beside the extension's own pages
 * and other clients there. @type {import("../lib/groups.mjs").Group}
 */
export const sites = {
  name: "sites",
  ids: ["site-request", "site-item-get", "site-file-get", "site-flood", "site-flood-requests"],
  async measure(world) {
    const local = await world.local();
    const { browser, page, profile, credentials, identity } = await openSignedIn(local, { path: "/app.html#/files" });
    try {
      if (!credentials || !identity) throw new Error("The person has no credentials");
      const { aws } = local;
      const web = await browser.openWebPage(`${aws.examples}/notes.html`);
      await connectSite(browser, web);
      await web.bringToFront();
      /** @param {import("../../src/shared/site/site-grant.ts").SiteLimits} limits */
      const allow = (limits) =>
        page.evaluate(
          async ({ profile, origin, limits }) => {
            const input = {
              ...{
                profile,
                origin,
                files: "write",
                items: "write",
                folder: null,
                ownItems: false,
                until: null,
                limits,
              },
            };
            const answer = await chrome.runtime.sendMessage({ holdall: 1, command: "sites.change", input });
            if (!answer.ok) throw new Error(JSON.stringify(answer.error));
          },
          { profile, origin: new URL(aws.examples).origin, limits },
        );
      // What a hundred megabytes need; the person may.
      await allow({ requestsPerMinute: 100_000, bytesPerDay: 1e12 });
      await web.evaluate(
        () =>
          new Promise((resolve) => {
            addEventListener("holdall:announce", (event) => {
              Object.assign(globalThis, { provider: /** @type {CustomEvent} */ (event).detail });
              resolve(null);
            });
            dispatchEvent(new CustomEvent("holdall:find"));
          }),
      );

      await page.evaluate(() => {
        const port = chrome.runtime.connect({ name: "view" });
        /** @type {Map<number, (answer: unknown) => void>} */
        const waiting = new Map();
        port.onMessage.addListener((message) => waiting.get(message.call)?.(message.result));
        let last = 0;
        const shared = /** @type {Shared} */ (/** @type {unknown} */ (globalThis));
        shared.own = {
          ask: () =>
            new Promise((resolve) => {
              waiting.set(++last, resolve);
              port.postMessage({ call: last, holdall: 1, command: "transfers.settings", input: {} });
            }),
        };
      });
      const ownPage = () =>
        page.evaluate(async (calls) => {
          const { own } = /** @type {Shared} */ (/** @type {unknown} */ (globalThis));
          const start = performance.now();
          for (let call = 0; call < calls; call += 1) await own.ask();
          return (performance.now() - start) / calls;
        }, CALLS);
      /** @param {string} method @param {object} params */
      const site = (method, params) => () =>
        web.evaluate(
          async ({ method, params, calls }) => {
            const { provider } = /** @type {Shared} */ (/** @type {unknown} */ (globalThis));
            const start = performance.now();
            for (let call = 0; call < calls; call += 1) await provider.request({ method, params });
            return (performance.now() - start) / calls;
          },
          { method, params, calls: CALLS },
        );

      const plain = await interleave(
        { own: ownPage, site: site("permissions", {}) },
        { runs: world.runs(30), warmUp: 3 },
      );

      await page.evaluate(await bundlePeer("aws4fetch"));
      await page.evaluate(await bundlePeer("sdk"));
      await connectInPage(page, {
        profile,
        target: {
          ...{ credentials, region: aws.region, endpoint: aws.endpoints.dynamodb, table: aws.profile.table.name },
          keys: { ...aws.profile.table, identity: identity.id },
        },
      });
      await web.evaluate(async () => {
        const { provider } = /** @type {Shared} */ (/** @type {unknown} */ (globalThis));
        const value = { title: "A note", text: "Lorem ipsum dolor sit amet. ".repeat(30), count: 12345.678 };
        await provider.request({ method: "items.put", params: { key: "bench", value } });
      });
      const items = await interleave(
        { direct: () => runInPage(page, "aws4fetch", "get", CALLS), site: site("items.get", { key: "bench" }) },
        { runs: world.runs(30), warmUp: 3 },
      );

      const path = await web.evaluate(async (size) => {
        const { provider } = /** @type {Shared} */ (/** @type {unknown} */ (globalThis));
        const body = new Blob([new Uint8Array(size)]);
        await provider.request({ method: "files.put", params: { path: "bench.bin", body } });
        return "bench.bin";
      }, SIZE);
      const s3 = new S3Client({ region: aws.region, credentials, endpoint: aws.endpoints.s3, forcePathStyle: true });
      const siteFolder = await page.evaluate(
        async ({ profile }) => {
          const input = { profile, prefix: "apps/", flat: true };
          const { value } = await chrome.runtime.sendMessage({ holdall: 1, command: "files.list", input });
          return value.files[0].path;
        },
        { profile },
      );
      const object = new GetObjectCommand({ Bucket: aws.profile.bucket.name, Key: `${identity.id}/${siteFolder}` });
      const url = await getSignedUrl(s3, object);
      /** Reads it to the end without keeping it. */
      const presigned = () =>
        page.evaluate(async (url) => {
          const start = performance.now();
          const reader = (await fetch(url, { cache: "no-store" })).body?.getReader();
          while (reader && !(await reader.read()).done);
          return performance.now() - start;
        }, url);
      const through = () =>
        web.evaluate(async (path) => {
          const { provider } = /** @type {Shared} */ (/** @type {unknown} */ (globalThis));
          const start = performance.now();
          const file = await provider.request({ method: "files.get", params: { path } });
          const reader = file.stream().getReader();
          while (!(await reader.read()).done);
          return performance.now() - start;
        }, path);
      const files = await interleave({ presigned, through }, { runs: world.runs(8), warmUp: 1 });
      s3.destroy();

      // As a site begins: what is let through goes to an AWS that shares this machine.
      await allow(defaultLimits);
      /**
       * @param {number} mark 1: of a request; what bears another is no message to Holdall
       * @param {boolean} [bare] without the port that a request comes with
       */
      const floodedBy = async (mark, bare = false) => {
        await web.evaluate(
          (many, holdall, bare) => {
            const every = 10;
            const flood = setInterval(() => {
              for (let sent = 0; sent < (many * every) / 1000; sent += 1) {
                const ports = bare ? [] : [new MessageChannel().port1];
                postMessage({ holdall, method: "items.get", params: { key: "x" } }, "*", ports);
              }
            }, every);
            setTimeout(() => clearInterval(flood), 4000);
          },
          FLOOD,
          mark,
          bare,
        );
        await new Promise((resolve) => setTimeout(resolve, 500));
        const popup = await browser.openPopup();
        const time = await paintedAt(popup);
        await popup.close();
        await new Promise((resolve) => setTimeout(resolve, 4000));
        return time;
      };
      const floods = await interleave(
        { forged: () => floodedBy(1), others: () => floodedBy(0), bare: () => floodedBy(1, true) },
        { runs: world.runs(10), warmUp: 1 },
      );
      return [
        row({
          id: "site-request",
          what: "a page's request that needs no network, above the extension's own",
          value: plain.site.median - plain.own.median,
          unit: "ms",
          against: `an extension page: ${round(plain.own.median)} ms`,
          limit: 3,
        }),
        row({
          id: "site-item-get",
          what: "item read by a page, less 5 ms",
          value: items.site.median,
          spread: items.site.spread,
          unit: "ms",
          against: `aws4fetch in an extension page: ${round(items.direct.median)} ms`,
          ratio: Math.max(0, items.site.median - 5) / items.direct.median,
          limit: 1.15,
        }),
        row({
          id: "site-file-get",
          what: "speed of 100 MB read by a page",
          value: SIZE / 1000 / files.through.median,
          unit: "MB/s",
          against: `a presigned fetch in an extension page: ${round(SIZE / 1000 / files.presigned.median)} MB/s`,
          ratio: files.presigned.median / files.through.median,
          limit: 0.7,
          limitIs: "least",
        }),
        row({
          id: "site-flood",
          what: "popup opened → painted, under 10,000 forged messages a second",
          value: floods.bare.median,
          spread: floods.bare.spread,
          unit: "ms",
          limit: 200,
        }),
        row({
          id: "site-flood-requests",
          what: "the same, where each message is a whole request with a port of its own",
          value: floods.forged.median,
          spread: floods.forged.spread,
          unit: "ms",
          against: `as many messages that are none to Holdall: ${round(floods.others.median)} ms`,
          limit: 200,
        }),
      ];
    } finally {
      await browser.dispose();
    }
  },
};
