// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { interleave } from "../lib/interleave.mjs";
import { failedRow, row } from "../lib/row.mjs";
import { round } from "../lib/statistics.mjs";
import { openTransferStage, writeFile } from "../lib/transfer-stage.mjs";

const MiB = 1024 ** 2;
const cut = { partSize: 8 * MiB, atOnce: 4 };
/** Milliseconds for what was cleared up to be gone. */
const pause = 500;
/** MiB that a rival sends to be known. */
const rehearsal = 32;
/** Seconds that one go of a rival may take. */
const longest = 30;

/** Whom Holdall is measured against, and what share of their speed it has to reach. */
const rivals = [
  { id: "bare", name: "bare PUTs of parts", limit: 0.9 },
  { id: "lib-storage", name: "lib-storage", limit: 1 },
  { id: "uppy", name: "@uppy/aws-s3", limit: null },
  { id: "amplify", name: "Amplify's uploadData", limit: null },
];

/**
 * A file on disk, picked in the app: sent by Holdall (until its view says "done": copied, with checksums, verified), and by
 * others from the same page to the same server. The bare requests were signed beforehand, and nobody completes the upload.
 * Who is so slow that the file would take minutes sends less of it.
 *
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 * @returns {import("../lib/groups.mjs").Group}
 */
export function uploadLarge(name) {
  const prefix = name === "chromium" ? "upload-1gib" : `${name}-upload-1gib`;
  return {
    name: prefix,
    ids: rivals.map(({ id }) => `${prefix}-${id}`),
    async measure(world) {
      const mib = world.sizeMib ?? (world.quick ? 128 : 1024);
      const stage = await openTransferStage(world, name);
      const file = await writeFile(world, "large.bin", mib * MiB);
      try {
        await stage.pick([file.path]);
        const { contestants, sent, absent } = await rehearsed(stage, mib);
        await sleep(pause);
        const times = await interleave(contestants, { runs: world.quick ? 3 : 7, warmUp: 1, seconds: 240 });
        return rivals.map(({ id, name: rival, limit }) => {
          const theirs = times[id];
          if (!theirs) return failedRow(`${prefix}-${id}`, absent.get(id));
          const value = mib / seconds(times.holdall?.median);
          const size = sent.get(id) ?? mib;
          const speed = size / seconds(theirs.median);
          const [fast, slow] = times.holdall?.spread ?? [0, 0];
          return row({
            id: `${prefix}-${id}`,
            what: `${mib} MiB uploaded, ${name}`,
            value,
            unit: "MiB/s",
            spread: [mib / seconds(slow), mib / seconds(fast)],
            against: `${rival}: ${round(speed)} MiB/s${size < mib ? ` (of ${size} MiB)` : ""}`,
            ratio: value / speed,
            limit,
            limitIs: "least",
          });
        });
      } finally {
        await stage.close();
        await file.remove();
      }
    },
  };
}

const seconds = (milliseconds = Number.NaN) => milliseconds / 1000;

/**
 * Everybody sends a little; who cannot is left out, and who would take minutes sends less than the others.
 *
 * @param {import("../lib/transfer-stage.mjs").TransferStage} stage
 * @param {number} mib
 */
async function rehearsed(stage, mib) {
  /** @type {Record<string, () => Promise<number>>} */
  const contestants = {};
  /** What each sends, in MiB. @type {Map<string, number>} */
  const sent = new Map();
  /** @type {Map<string, unknown>} */
  const absent = new Map();
  for (const id of ["holdall", ...rivals.map((rival) => rival.id)]) {
    try {
      const rival = id !== "holdall" && id !== "bare";
      if (rival) await stage.load(id);
      // Holdall and the bare requests take the file as it was picked.
      const size = rival ? Math.min(mib, rehearsal) : mib;
      const speed = size / seconds(await contestant(stage, id, size)());
      process.stderr.write(`  ${id}: ${round(speed)} MiB/s\n`);
      const bearable = Math.max(size, Math.floor((speed * longest) / 8) * 8);
      sent.set(id, rival ? Math.min(mib, bearable) : mib);
      contestants[id] = contestant(stage, id, sent.get(id) ?? mib);
    } catch (error) {
      if (id === "holdall" || id === "bare") throw error;
      process.stderr.write(`  ${id}: ${error instanceof Error ? error.message : error}\n`);
      absent.set(id, error);
    }
  }
  return { contestants, sent, absent };
}

let rounds = 0;

/**
 * @param {import("../lib/transfer-stage.mjs").TransferStage} stage
 * @param {string} id
 * @param {number} mib from the beginning of the file
 * @returns {() => Promise<number>} milliseconds of one go
 */
function contestant({ stored, target, folder, ...stage }, id, mib) {
  const path = () => `bench/${++rounds}.bin`;
  const clear = async () => {
    await stored.clear("bench/");
    await sleep(pause);
  };
  if (id === "holdall") {
    return async () => {
      const time = await stage.transfer({ uploads: [{ path: path() }] });
      await clear();
      return time;
    };
  }
  if (id === "bare") {
    return async () => {
      const { urls, abort } = await stored.openUpload(path(), Math.ceil((mib * MiB) / cut.partSize));
      const time = await stage.run("bare", "putParts", "firstPicked", urls, cut);
      await abort();
      await sleep(pause);
      return time;
    };
  }
  return async () => {
    await stage.cutPicked(mib * MiB);
    const time = await stage.run(id, "upload", target, "pickedCut", folder + path(), cut);
    await clear();
    return time;
  };
}
