// @ts-check
import { randomBytes } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { bundlePeer } from "./bundle-peer.mjs";
import {
  cutPickedInPage,
  hasPicked,
  installPicker,
  installTransfer,
  runInPage,
  transferInPage,
} from "./in-transfer-page.mjs";
import { openSignedIn } from "./signed-in.mjs";
import { storedObjects } from "./stored-objects.mjs";

/** @typedef {Awaited<ReturnType<typeof openTransferStage>>} TransferStage */

/** Milliseconds that one go of one contestant may take. */
const patience = 170_000;

/**
 * A browser of its own with Holdall signed in, on the app page: there a file is picked once and sent by everybody.
 *
 * @param {import("./world.mjs").World} world
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 */
export async function openTransferStage(world, name) {
  const local = await world.local();
  const opened = await openSignedIn(local, { name, path: "/app.html#/files" });
  const { browser, page, profile, credentials, identity } = opened;
  if (!credentials) throw new Error("The person has no credentials");
  const { region, endpoints, profile: place } = local.aws;
  const target = { credentials, region, endpoint: endpoints.s3, bucket: place.bucket.name };
  const folder = `${identity?.id}/`;
  const stored = storedObjects(target, folder);
  page.setDefaultTimeout(patience);
  await page.evaluate(installTransfer);
  await page.evaluate(await bundlePeer("bare"));

  return {
    browser,
    page,
    target,
    folder,
    stored,
    /** @param {string[]} paths on disk @returns {Promise<void>} */
    async pick(paths) {
      const picker = await page.evaluateHandle(installPicker);
      await picker.uploadFile(...paths);
      await page.waitForFunction(hasPicked, {}, paths.length);
    },
    /** Milliseconds that Holdall takes. @param {Omit<import("./in-transfer-page.mjs").Wanted, "profile">} wanted @returns {Promise<number>} */
    transfer: (wanted) => page.evaluate(transferInPage, { profile, ...wanted }),
    /** Makes `pickedCut` of the first picked file. @param {number} size bytes from its beginning @returns {Promise<void>} */
    cutPicked: (size) => page.evaluate(cutPickedInPage, size),
    /**
     * Milliseconds that a function of a peer takes in the page. `firstPicked`, `pickedCut` and `allPicked` stand for files.
     *
     * @param {string} peer
     * @param {string} verb
     * @param {unknown[]} input
     * @returns {Promise<number>}
     */
    run: (peer, verb, ...input) => page.evaluate(runInPage, peer, verb, input),
    /** Puts a peer into the page. @param {string} peer @returns {Promise<void>} */
    load: async (peer) => {
      await page.evaluate(await bundlePeer(peer));
    },
    async close() {
      stored.close();
      await browser.dispose();
    },
  };
}

/**
 * Files of bytes that do not compress and are not alike, in the world's folder.
 *
 * @param {import("./world.mjs").World} world
 * @param {string} name
 * @param {number} size bytes
 */
export async function writeFile(world, name, size) {
  const path = join(await world.folder(), name);
  const block = randomBytes(Math.min(size, 16 * 1024 ** 2));
  const file = await open(path, "w");
  try {
    for (let at = 0, round = 0; at < size; at += block.length, round += 1) {
      block.writeUInt32BE(round);
      await file.write(block.subarray(0, Math.min(block.length, size - at)));
    }
    // What the disk has yet to write would slow down whoever comes first.
    await file.sync();
  } finally {
    await file.close();
  }
  return { path, remove: () => rm(path, { force: true }) };
}
