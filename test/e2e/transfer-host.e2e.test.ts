/** The transfer host alone, in real browsers: what only they can show. */
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostCall } from "../../src/transfers/host/host-link.ts";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import type { HostProbe } from "./transfer-host/page.ts";
import type { HostReply } from "./transfer-host/serve-calls.ts";
import { writeHostProbe } from "./transfer-host/write-host-probe.ts";

/** Defined by the probe's page. */
declare const probe: HostProbe;

const MiB = 1024 ** 2;
const refused = { failure: "source" };

describe.each(BROWSER_NAMES)("the transfer host in %s", (name) => {
  let extension: string;
  let browser: ExtensionBrowser;
  let page: Page;
  let folder: string;
  let server: Server;
  let origin: string;
  let bodies: { path: string; size: number }[];

  const ask = (call: HostCall, ...input: unknown[]): Promise<HostReply> =>
    page.evaluate((named, given) => probe.ask(named, ...given), call, input);

  const stage = (transferId: string, index: number, start: number, end: number, last: boolean) =>
    ask("stage", { transferId, index, range: { start, end }, last });

  /** A file on disk that the person chooses, and the host holds. */
  async function choose(transferId: string, size: number): Promise<string> {
    const path = join(folder, `${transferId}.bin`);
    await writeFile(path, Buffer.alloc(size, transferId));
    const input = (await page.$("input")) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(path);
    expect(await page.evaluate((id) => probe.holdChosen(id), transferId)).toMatchObject({});
    expect(await ask("held")).toEqual({ result: expect.arrayContaining([transferId]) });
    return path;
  }

  beforeAll(async () => {
    bodies = [];
    folder = await mkdtemp(join(tmpdir(), "holdall-sources-"));
    server = createServer((request, response) => {
      const path = request.url ?? "";
      const put = { path, size: 0 };
      bodies.push(put);
      request.on("data", (chunk: Buffer) => (put.size += chunk.length));
      request.on("end", () => {
        if (path === "/moved") response.writeHead(307, { location: "/elsewhere" }).end();
        else response.writeHead(200, { etag: '"e"' }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    extension = await writeHostProbe(name);
    browser = await launchExtension(name, { extension });
    page = await browser.openApp("/");
  });

  afterAll(async () => {
    await browser?.dispose();
    server?.closeAllConnections();
    server?.close();
    for (const path of [extension, folder]) await rm(path, { recursive: true, force: true });
  });

  test("copies a chosen file, which may be gone afterwards, and sends its parts", async () => {
    const path = await choose("copied", 6 * MiB);
    expect(await stage("copied", 0, 0, 4 * MiB, false)).toEqual({ result: { digest: null } });
    expect(await stage("copied", 1, 4 * MiB, 6 * MiB, true)).toEqual({ result: { digest: null } });
    await rm(path);
    expect(await ask("held")).toEqual({ result: [] });
    const bytes = { transferId: "copied", segmentSize: 4 * MiB, live: false };
    const range = { start: 4 * MiB, end: 6 * MiB };
    expect(await ask("digest", { bytes, range, sha256: true })).toMatchObject({ result: { size: 2 * MiB } });
    const request = { method: "PUT", url: `${origin}/a%20(1)'?x=%27`, headers: {} };
    expect(await ask("put", { bytes, range, request })).toMatchObject({ result: { status: 200 } });
    expect(bodies.at(-1)?.size).toBe(2 * MiB);
  });

  test("does not take the answer of another address for S3's", async () => {
    await page.evaluate(() => probe.journal.putSegment("moved", 0, probe.blobOf(2_000_000)));
    const bytes = { transferId: "moved", segmentSize: 8 * 2 ** 20, live: false };
    const request = { method: "PUT", url: `${origin}/moved`, headers: {} };
    const sent = await ask("put", { bytes, range: { start: 0, end: 2_000_000 }, request });
    expect(sent).toEqual({ failure: "network" });
  });

  test("refuses a file that changes while it is copied", async () => {
    const path = await choose("changed", 6 * MiB);
    expect(await stage("changed", 0, 0, 3 * MiB, false)).toMatchObject({ result: {} });
    await writeFile(path, Buffer.alloc(6 * MiB, "other"));
    const last = await stage("changed", 1, 3 * MiB, 6 * MiB, true);
    expect(last).toEqual(refused);
    expect(await ask("drop", ["changed"])).toEqual({});
  });

  test.runIf(name === "chromium")("refuses a file that only grew, even a small one", async () => {
    for (const size of [1000, 2 * MiB]) {
      const id = `grown-${size}`;
      await appendFile(await choose(id, size), "more");
      expect(await stage(id, 0, 0, size, true)).toEqual(refused);
      await ask("drop", [id]);
    }
  });

  test("composes a file of 10,000 pieces", async () => {
    const composed = await page.evaluate(async () => {
      const count = 10_000;
      const size = 10_000;
      const one = await probe.blobOf(size).arrayBuffer();
      for (let at = 0; at < count; at += 500) {
        const some = Array.from({ length: 500 }, (_, more) => probe.journal.putSegment("many", at + more, one));
        await Promise.all(some);
      }
      const pieces = Array.from({ length: count }, (_, segment) => ({ segment }));
      const reply = await probe.ask("compose", "many", pieces);
      if (!("result" in reply)) return reply;
      const { url } = reply.result as { url: string };
      const blob = await (await fetch(url)).blob();
      const same = (await probe.crcOf(blob.slice(-size))) === (await probe.crcOf(probe.blobOf(size)));
      await probe.ask("release", url);
      return { size: blob.size, same };
    });
    expect(composed).toEqual({ size: 100_000_000, same: true });
  }, 120_000);

  test.runIf(name === "chromium")("keeps what it holds when the worker ends", async () => {
    await choose("survivor", 2 * MiB);
    await browser.killWorker();
    const held = await poll("the new worker", () => ask("held"));
    expect(held).toEqual({ result: ["survivor"] });
    expect(await stage("survivor", 0, 0, 2 * MiB, true)).toEqual({ result: { digest: null } });
    expect(await ask("held")).toEqual({ result: [] });
  });
});
