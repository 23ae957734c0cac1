/** Thumbnails, drawn in a worker of real browsers: Node has nothing to draw with. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { writeProbeExtension } from "../support/probe-extension.ts";

interface Drawn {
  type: string;
  width: number;
  height: number;
  /** Red, green and blue in the middle. */
  colour: number[];
}

describe.each(BROWSER_NAMES)("a thumbnail in %s", (name) => {
  let extension: string;
  let browser: ExtensionBrowser;
  let page: Page;

  beforeAll(async () => {
    extension = await writeProbeExtension(name);
    await esbuild.build({
      absWorkingDir: ROOT,
      stdin: {
        contents: `import { drawThumbnail } from "./src/captures/thumbnail.ts";
          onmessage = async ({ data }) => postMessage(await drawThumbnail(data));`,
        resolveDir: ROOT,
      },
      outfile: join(extension, "worker.js"),
      bundle: true,
      logLevel: "silent",
    });
    browser = await launchExtension(name, { extension });
    page = await browser.openExtensionPage("/app.html");
  });
  afterAll(async () => {
    await browser?.dispose();
    if (extension) await rm(extension, { recursive: true, force: true });
  });

  /** @param source pixels of a green picture with that media type, or text that calls itself a picture */
  const draw = (source: { width: number; height: number; type: string } | string): Promise<Drawn | null> =>
    page.evaluate(async (given) => {
      async function picture(): Promise<Blob> {
        if (typeof given === "string") return new Blob([given], { type: "image/png" });
        const canvas = new OffscreenCanvas(given.width, given.height);
        const context = canvas.getContext("2d");
        if (context !== null) context.fillStyle = "rgb(0, 128, 0)";
        context?.fillRect(0, 0, given.width, given.height);
        return await canvas.convertToBlob({ type: given.type });
      }
      const worker = new Worker("worker.js");
      const answer = new Promise<Blob | null>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = () => reject(new Error("the worker fails"));
      });
      worker.postMessage(await picture());
      const thumbnail = await answer;
      worker.terminate();
      if (thumbnail === null) return null;
      const bitmap = await createImageBitmap(thumbnail);
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context?.drawImage(bitmap, 0, 0);
      const pixel = context?.getImageData(Math.floor(width / 2), Math.floor(height / 2), 1, 1).data ?? [];
      return { type: thumbnail.type, width, height, colour: [...pixel].slice(0, 3) };
    }, source);

  test.each([
    ["a wide picture", { width: 1000, height: 500, type: "image/png" }, { width: 320, height: 160 }],
    ["a photograph", { width: 640, height: 960, type: "image/jpeg" }, { width: 320, height: 480 }],
    ["a small one, which is not enlarged", { width: 10, height: 20, type: "image/png" }, { width: 10, height: 20 }],
    ["a line", { width: 4000, height: 1, type: "image/png" }, { width: 320, height: 1 }],
    ["the beginning of a whole page", { width: 400, height: 20_000, type: "image/png" }, { width: 320, height: 640 }],
  ])("shows %s", async (_what, source, size) => {
    const drawn = await draw(source);
    expect(drawn).toMatchObject({ type: "image/webp", ...size });
    for (const [at, value] of [0, 128, 0].entries()) {
      expect(Math.abs((drawn?.colour[at] ?? 0) - value)).toBeLessThan(12);
    }
  });

  test.each([
    ["text", "<!doctype html><p>Sign in</p>"],
    ["nothing", ""],
    ["the beginning of a picture", "\u0089PNG\r\n\u001a\n"],
  ])("of %s is none", async (_what, text) => {
    expect(await draw(text)).toBeNull();
  });
});
