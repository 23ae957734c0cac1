// @ts-check
import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { interleave } from "../lib/interleave.mjs";
import { row } from "../lib/row.mjs";
import { round } from "../lib/statistics.mjs";
import { openTransferStage } from "../lib/transfer-stage.mjs";

/** As Holdall's own: src/transfers/queue/slots.ts. */
const atOnce = 6;

/**
 * Thousands of files of 1–16 KB, picked in the app: by Holdall and by bare PUTs that were signed beforehand.
 *
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 * @returns {import("../lib/groups.mjs").Group}
 */
export function smallFiles(name) {
  const id = name === "chromium" ? "small-files" : `${name}-small-files`;
  return {
    ids: [id],
    async measure(world) {
      const count = world.quick ? 500 : 5000;
      const stage = await openTransferStage(world, name);
      const folder = join(await world.folder(), "small");
      try {
        await stage.pick(await writeSmallFiles(folder, count));
        const paths = Array.from({ length: count }, (_, index) => `bench/${index}.bin`);
        const urls = await Promise.all(paths.map(stage.stored.signPut));
        const { holdall, bare } = await interleave(
          {
            holdall: async () => {
              const time = await stage.transfer({ uploads: paths.map((path) => ({ path })) });
              await stage.stored.clear("bench/");
              return time;
            },
            bare: async () => {
              const time = await stage.run("bare", "putFiles", "allPicked", urls, atOnce);
              await stage.stored.clear("bench/");
              return time;
            },
          },
          { runs: world.quick ? 3 : 5, warmUp: 1, seconds: 180 },
        );
        /** Files in a second. @param {number} time */
        const rate = (time) => count / (time / 1000);
        return [
          row({
            id,
            what: `${count} files of 1–16 KB uploaded, ${name}`,
            value: rate(holdall.median),
            unit: "files/s",
            spread: [rate(holdall.spread[1]), rate(holdall.spread[0])],
            against: `bare PUTs, ${atOnce} at once: ${round(rate(bare.median))} files/s`,
            ratio: bare.median / holdall.median,
            limit: 0.8,
            limitIs: "least",
          }),
        ];
      } finally {
        await stage.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** @param {string} folder @param {number} count @returns {Promise<string[]>} paths */
export async function writeSmallFiles(folder, count) {
  await mkdir(folder, { recursive: true });
  const paths = [];
  for (let index = 0; index < count; index += 1) {
    const path = join(folder, `${index}.bin`);
    await writeFile(path, randomBytes(1000 + ((index * 7919) % 15_000)));
    paths.push(path);
  }
  return paths;
}
