// @ts-check
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const PEERS = join(dirname(dirname(fileURLToPath(import.meta.url))), "peers");

/**
 * A script for a page that sets `globalThis.peers[name]`, from bench/peers/`name`.mjs. It is evaluated by the driver, in the
 * very page that also speaks to Holdall's background: same process, same network, same permissions.
 *
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function bundlePeer(name) {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `import * as peer from "./${name}.mjs"; (globalThis.peers ??= {})[${JSON.stringify(name)}] = peer;`,
      resolveDir: PEERS,
    },
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "chrome148",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
