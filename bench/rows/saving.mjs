// @ts-check
import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { interleave } from "../lib/interleave.mjs";
import { row } from "../lib/row.mjs";
import { round } from "../lib/statistics.mjs";
import { openTransferStage, writeFile } from "../lib/transfer-stage.mjs";

const MiB = 1024 ** 2;
const cut = { partSize: 8 * MiB, atOnce: 4 };

/**
 * Saving to disk, for information: a large object, and many as one zip, against fetching the same bytes to a blob.
 *
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 * @returns {import("../lib/groups.mjs").Group}
 */
export function saving(name) {
  const prefix = name === "chromium" ? "" : `${name}-`;
  return {
    name: `${prefix}saving`,
    ids: [`${prefix}save-1gib`, `${prefix}save-zip`],
    async measure(world) {
      const stage = await openTransferStage(world, name);
      try {
        return [await saveLarge(world, stage, `${prefix}save-1gib`), await saveZip(world, stage, `${prefix}save-zip`)];
      } finally {
        await stage.close();
      }
    },
  };
}

/** @param {import("../lib/world.mjs").World} world @param {import("../lib/transfer-stage.mjs").TransferStage} stage @param {string} id */
async function saveLarge(world, stage, id) {
  const mib = world.sizeMib ?? (world.quick ? 128 : 1024);
  const path = "bench/large.bin";
  await storeLarge(world, stage, path, mib);
  const url = await stage.stored.signGet(path);
  const { holdall, bare } = await interleave(
    {
      holdall: () => saved(stage, { command: "files.save", input: { path } }),
      bare: () => stage.run("bare", "fetchRanges", url, mib * MiB, cut),
    },
    { runs: world.quick ? 3 : 5, warmUp: 1, seconds: 120 },
  );
  await stage.stored.clear("bench/");
  /** @param {number} time */
  const rate = (time) => mib / (time / 1000);
  return row({
    id,
    what: `${mib} MiB saved to disk, ${stage.browser.name}`,
    value: rate(holdall.median),
    unit: "MiB/s",
    spread: [rate(holdall.spread[1]), rate(holdall.spread[0])],
    against: `ranges to a blob: ${round(rate(bare.median))} MiB/s`,
    ratio: bare.median / holdall.median,
  });
}

/** Through the page, as the driver has no file of that size in memory. @param {import("../lib/world.mjs").World} world @param {import("../lib/transfer-stage.mjs").TransferStage} stage @param {string} path @param {number} mib */
async function storeLarge(world, stage, path, mib) {
  const file = await writeFile(world, "large.bin", mib * MiB);
  try {
    await stage.pick([file.path]);
    await stage.transfer({ uploads: [{ path }] });
  } finally {
    await file.remove();
  }
}

/** @param {import("../lib/world.mjs").World} world @param {import("../lib/transfer-stage.mjs").TransferStage} stage @param {string} id */
async function saveZip(world, stage, id) {
  const count = world.quick ? 200 : 1000;
  const paths = Array.from({ length: count }, (_, index) => `bench/${index}.bin`);
  for (const [index, path] of paths.entries())
    await stage.stored.put(path, randomBytes(1000 + ((index * 7919) % 15_000)));
  const urls = await Promise.all(paths.map(stage.stored.signGet));
  const { holdall, bare } = await interleave(
    {
      holdall: () => saved(stage, { command: "files.saveArchive", input: { prefix: "", paths: ["bench/"] } }),
      bare: () => stage.run("bare", "fetchAll", urls, 6),
    },
    { runs: world.quick ? 3 : 5, warmUp: 1, seconds: 90 },
  );
  await stage.stored.clear("bench/");
  /** @param {number} time */
  const rate = (time) => count / (time / 1000);
  return row({
    id,
    what: `${count} files of 1–16 KB saved as one zip, ${stage.browser.name}`,
    value: rate(holdall.median),
    unit: "files/s",
    spread: [rate(holdall.spread[1]), rate(holdall.spread[0])],
    against: `GETs to a blob, 6 at once: ${round(rate(bare.median))} files/s`,
    ratio: bare.median / holdall.median,
  });
}

/** @param {import("../lib/transfer-stage.mjs").TransferStage} stage @param {{ command: string, input: object }} save */
async function saved(stage, save) {
  const time = await stage.transfer({ save });
  const { downloadDir } = stage.browser;
  for (const file of await readdir(downloadDir)) await rm(join(downloadDir, file), { recursive: true, force: true });
  return time;
}
