// @ts-check
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launchExtension } from "../../test/support/launch-extension.ts";
import { writeEmptyExtension } from "../lib/empty-extension.mjs";
import { interleave } from "../lib/interleave.mjs";
import { row } from "../lib/row.mjs";
import { round } from "../lib/statistics.mjs";
import { leaveWorkersAlone, wakeWorker } from "../lib/wake-worker.mjs";

/** A stopped worker is woken by a message: Holdall's, and one that does nothing, in the same browser. @type {import("../lib/groups.mjs").Group} */
export const coldWorker = {
  ids: ["cold-worker"],
  async measure(world) {
    const folder = await world.folder();
    const browser = await launchExtension("chromium", { extension: await withoutScripts(world) });
    try {
      const empty = await browser.browser.installExtension(await writeEmptyExtension(join(folder, "empty")));
      const holdallPage = await browser.openExtensionPage("/app.html");
      const emptyPage = await browser.openWebPage(`chrome-extension://${empty}/page.html`);
      await leaveWorkersAlone(holdallPage);
      const { holdall, nothing } = await interleave(
        {
          holdall: () => wakeWorker(holdallPage, { holdall: 1, command: "view.get", input: {} }),
          nothing: () => wakeWorker(emptyPage, {}),
        },
        { runs: world.runs(40), warmUp: 3 },
      );
      return [
        row({
          id: "cold-worker",
          what: "worker woken → first answer",
          value: holdall.median,
          unit: "ms",
          spread: holdall.spread,
          against: `empty worker: ${round(nothing.median)} ms`,
          ratio: holdall.median / nothing.median,
          limit: 2,
        }),
      ];
    } finally {
      await browser.dispose();
    }
  },
};

/** The released extension, whose app page is emptied: left as it is, it would wake the worker by itself. @param {import("../lib/world.mjs").World} world */
async function withoutScripts(world) {
  const build = (await world.release()).find(({ browser }) => browser === "chromium");
  if (!build) throw new Error("There is no build for Chromium");
  const copy = join(await world.folder(), "cold-worker");
  await cp(build.path, copy, { recursive: true });
  await writeFile(join(copy, "app.html"), "<!doctype html><title>Holdall</title>\n");
  return copy;
}
