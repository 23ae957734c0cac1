// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../build.mjs";
import { startTestWorld } from "../../test/support/test-world.ts";
import { openSignedIn } from "./signed-in.mjs";

/**
 * What rows are measured in. Each part is made when the first row asks for it, shared by all, and gone with `close()`.
 *
 * @typedef {ReturnType<typeof createWorld>} World
 */

/** @param {{ quick: boolean, sizeMib: number | null }} options */
export function createWorld({ quick, sizeMib }) {
  /** @type {(() => Promise<unknown>)[]} */
  const disposers = [];

  const folder = once(async () => {
    const path = await mkdtemp(join(tmpdir(), "holdall-bench-"));
    disposers.push(() => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
    return path;
  });

  /** Both extensions as they are released. */
  const release = once(async () => {
    const outdir = join(await folder(), "release");
    /** @param {import("../../build/manifest.mjs").Browser} browser */
    const one = async (browser) => {
      const path = join(outdir, browser);
      return { browser, path, metafile: await build({ browser, outdir: path }) };
    };
    return [await one("chromium"), await one("firefox")];
  });

  /** The local AWS, empty, and the extension for it. */
  const local = once(async () => {
    const world = await startTestWorld();
    disposers.push(() => world.close());
    return world;
  });

  /** Chromium with a person signed in through the provider's page. */
  const signedIn = once(async () => {
    const opened = await openSignedIn(await local());
    disposers.push(() => opened.browser.dispose());
    return opened;
  });

  return {
    /** How often to repeat what is worth `full` repetitions. @param {number} full */
    runs: (full) => (quick ? Math.max(5, Math.round(full / 5)) : full),
    quick,
    sizeMib,
    folder,
    release,
    local,
    signedIn,
    async close() {
      for (const dispose of disposers.reverse()) await dispose();
    },
  };
}

/** @template T @param {() => Promise<T>} make @returns {() => Promise<T>} */
function once(make) {
  /** @type {Promise<T> | null} */
  let made = null;
  return () => {
    made ??= make();
    return made;
  };
}
