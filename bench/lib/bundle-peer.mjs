// @ts-check
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

/**
 * Amplify can be told to speak to a local S3 at one fixed port, and then refuses that address itself (6.17): here it takes the
 * address of the one that runs.
 */
const AMPLIFY_EDITS = {
  "resolveS3ConfigAndInput.mjs": [
    "customEndpoint: LOCAL_TESTING_S3_ENDPOINT",
    "customEndpoint: globalThis.benchEndpoint",
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Amplify's text
  "client/s3data/base.mjs": ["new AmplifyUrl(`https://${customEndpoint}`)", "new AmplifyUrl(customEndpoint)"],
  "errors/utils/assertValidationError.mjs": ["if (!assertion)", "if (!assertion && name !== 'InvalidCustomEndpoint')"],
};

/** @type {import("esbuild").Plugin} */
const localAmplify = {
  name: "local-amplify",
  setup({ onLoad }) {
    onLoad({ filter: /@aws-amplify\/storage\/dist\/esm\/.*\.mjs$/ }, async ({ path }) => {
      const edit = Object.entries(AMPLIFY_EDITS).find(([file]) => path.endsWith(`/${file}`))?.[1];
      if (!edit) return null;
      const source = await readFile(path, "utf8");
      const [from = "", to = ""] = edit;
      if (!source.includes(from)) throw new Error(`Amplify's ${path} is another than expected`);
      return { contents: source.replace(from, to) };
    });
  },
};

const BENCH = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * A script for a page that sets `globalThis.peers[name]`, from bench/`folder`/`name`.mjs. It is evaluated by the driver, in the
 * very page that also speaks to Holdall's background: same process, same network, same permissions.
 *
 * @param {string} name
 * @param {"peers" | "in-page"} folder `in-page`: parts of Holdall itself, measured alone
 * @returns {Promise<string>}
 */
export async function bundlePeer(name, folder = "peers") {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `import * as peer from "./${name}.mjs"; (globalThis.peers ??= {})[${JSON.stringify(name)}] = peer;`,
      resolveDir: join(BENCH, folder),
    },
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "chrome148",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    plugins: [localAmplify],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
