// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { extraMemory } from "../lib/browser-memory.mjs";
import { row } from "../lib/row.mjs";
import { round } from "../lib/statistics.mjs";
import { openTransferStage, writeFile } from "../lib/transfer-stage.mjs";

const MiB = 1024 ** 2;
const sizes = [
  { id: "100mb", mib: 100 },
  { id: "1gib", mib: 1024 },
  { id: "4gib", mib: 4096 },
];
const cut = { partSize: 8 * MiB, atOnce: 4 };
/** Milliseconds for the browser to give back what it does not need. */
const rest = 5000;

/**
 * What an upload takes of memory, whatever its size: the most of all of the browser's processes during it, above what they
 * took before.
 *
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 * @returns {import("../lib/groups.mjs").Group}
 */
export function uploadMemory(name) {
  const prefix = name === "chromium" ? "upload-memory" : `${name}-upload-memory`;
  return {
    name: prefix,
    ids: sizes.map(({ id }) => `${prefix}-${id}`),
    async measure(world) {
      const stage = await openTransferStage(world, name);
      const root = stage.browser.browser.process()?.pid;
      try {
        if (!root) throw new Error("The browser's process is not known");
        // The first of all brings in code that stays.
        await extraMemoryOf(world, stage, root, 24);
        const rows = [];
        for (const { id, mib } of world.quick ? sizes.slice(0, 2) : sizes) {
          await sleep(rest);
          const { holdall: extra, bare } = await extraMemoryOf(world, stage, root, mib);
          rows.push(
            row({
              id: `${prefix}-${id}`,
              what: `memory taken by an upload of ${mib} MiB, ${name}`,
              value: extra / 1e6,
              unit: "MB",
              // Firefox keeps what was sent until it collects its garbage, whoever sends it.
              against: `bare PUTs of parts: ${round(bare / 1e6)} MB`,
              limit: 100,
            }),
          );
          process.stderr.write(`  ${mib} MiB: ${Math.round(extra / 1e6)} MB (bare: ${Math.round(bare / 1e6)} MB)\n`);
        }
        return rows;
      } finally {
        await stage.close();
      }
    },
  };
}

/**
 * @param {import("../lib/world.mjs").World} world
 * @param {import("../lib/transfer-stage.mjs").TransferStage} stage
 * @param {number} root
 * @param {number} mib
 * @returns {Promise<{ holdall: number, bare: number }>} bytes
 */
async function extraMemoryOf(world, stage, root, mib) {
  const { stored } = stage;
  const file = await writeFile(world, `memory-${mib}.bin`, mib * MiB);
  try {
    await stage.pick([file.path]);
    const holdall = await extraMemory(root, () => stage.transfer({ uploads: [{ path: `bench/${mib}.bin` }] }));
    await stored.clear("bench/");
    await sleep(rest);
    const { urls, abort } = await stored.openUpload("bench/bare.bin", Math.ceil((mib * MiB) / cut.partSize));
    const bare = await extraMemory(root, () => stage.run("bare", "putParts", "firstPicked", urls, cut));
    await abort();
    return { holdall, bare };
  } finally {
    await file.remove();
  }
}
