// @ts-check
import * as esbuild from "esbuild";
import { sdkEndpoints } from "./sdk-endpoints.mjs";
import { sdkEventStreams } from "./sdk-event-streams.mjs";
import { sdkLruCache } from "./sdk-lru-cache.mjs";
import { sdkPackageVersion } from "./sdk-package-version.mjs";
import { sdkSchemaConstants } from "./sdk-schema-constants.mjs";
import { sdkUnusedParts } from "./sdk-unused-parts.mjs";
import { sdkXmlParser } from "./sdk-xml-parser.mjs";
import { snapshotWithoutReplay } from "./snapshot-without-replay.mjs";

/** Kilobytes (1,000 bytes) after gzip. The background's counts all of its scripts, a page's what is loaded at once, without lazy parts. */
export const BUDGETS = {
  background: 140,
  captures: 40,
  checks: 20,
  access: 20,
  activity: 5,
  profiles: 20,
  sites: 40,
  popup: 25,
  app: 60,
  consent: 30,
  /** What is put into the documents of a connected site: content.js and page.js. */
  site: 6,
};

/** @param {string} name @param {import("esbuild").Plugin[]} [plugins] */
const injected = (name, plugins = []) => ({
  entry: `src/inject/${name}.ts`,
  name: `inject-${name}`,
  /** @type {import("esbuild").BuildOptions} */
  // Chromium takes a file with characters such as U+FFFE in it for no UTF-8.
  options: { format: "iife", charset: "ascii", plugins },
});

/** Scripts that are put into a page for the time of a capture: see src/platform/page-script.ts. */
export const INJECTED = [
  injected("selection"),
  injected("page-view"),
  injected("page-file", [snapshotWithoutReplay()]),
  injected("source"),
  injected("declaration"),
];

/**
 * Pages may load parts when they are needed, with import().
 *
 * @param {string} name
 * @returns {import("esbuild").BuildOptions}
 */
const pageOptions = (name) => ({ format: "esm", splitting: true, chunkNames: `${name}-[name]-[hash]` });

/** @param {import("./manifest.mjs").Browser} browser */
function bundlesOf(browser) {
  /** @type {{ entry: string, name: string, options: import("esbuild").BuildOptions }[]} */
  const bundles = [
    // A service worker cannot import() and Firefox loads a classic script: one flat file.
    {
      entry: `src/background/${browser}.ts`,
      name: "background",
      options: { format: "iife", plugins: browser === "firefox" ? sdkPlugins() : [] },
    },
    // What is needed only once something is captured: src/background/captures/capture-part.ts.
    {
      entry: "src/background/captures/capture-script.ts",
      name: "captures",
      options: { format: "iife" },
    },
    // Identity pools and role directories: src/background/access/access-part.ts.
    {
      entry: "src/background/access/access-script.ts",
      name: "access",
      options: { format: "iife" },
    },
    // What names and keeps requests: src/background/activity/activity-part.ts.
    {
      entry: "src/background/activity/activity-script.ts",
      name: "activity",
      options: { format: "iife" },
    },
    // What checks, fetches and writes profiles: src/background/profiles/profile-part.ts.
    {
      entry: "src/background/profiles/profile-script.ts",
      name: "profiles",
      options: { format: "iife" },
    },
    // What answers connected sites: src/background/sites/site-part.ts.
    {
      entry: "src/background/sites/site-script.ts",
      name: "sites",
      options: { format: "iife" },
    },
    // The doctor and the isolation proof: src/background/checks/check-part.ts.
    {
      entry: "src/background/checks/check-script.ts",
      name: "checks",
      options: { format: "iife" },
    },
    // What connected sites get: see src/content/content.ts and src/page/page.ts.
    { entry: "src/content/content.ts", name: "content", options: { format: "iife", charset: "ascii" } },
    { entry: "src/page/page.ts", name: "page", options: { format: "iife", charset: "ascii" } },
    { entry: "src/popup/popup.tsx", name: "popup", options: pageOptions("popup") },
    { entry: "src/popup/later.css", name: "popup-later", options: {} },
    { entry: "src/app/app.tsx", name: "app", options: pageOptions("app") },
    { entry: "src/consent/consent.tsx", name: "consent", options: pageOptions("consent") },
    ...INJECTED,
  ];
  if (browser === "chromium") {
    // What the worker needs for its first request only: late-script.ts says why it is a script of its own.
    bundles.push({
      entry: "src/background/network-script.ts",
      name: "network",
      options: { format: "iife", plugins: sdkPlugins() },
    });
    bundles.push({ entry: "src/transfer-host/offscreen.ts", name: "offscreen", options: { format: "iife" } });
  }
  return bundles;
}

export const sdkPlugins = () => [
  sdkXmlParser(),
  sdkSchemaConstants(),
  sdkEndpoints(),
  sdkEventStreams(),
  sdkLruCache(),
  sdkPackageVersion(),
  ...sdkUnusedParts(),
];

/**
 * @param {{ root: string, browser: import("./manifest.mjs").Browser, outdir: string, dev: boolean }} options `dev`: source maps, not minified
 * @returns {Promise<import("esbuild").Metafile>} what went where; paths relative to `root`
 */
export async function bundle({ root, browser, outdir, dev }) {
  const results = await Promise.all(
    bundlesOf(browser).map(({ entry, name, options }) =>
      esbuild.build({
        absWorkingDir: root,
        entryPoints: { [name]: entry },
        outdir,
        bundle: true,
        metafile: true,
        minify: !dev,
        sourcemap: dev,
        legalComments: "none", // licences.txt has them all
        charset: "utf8",
        target: browser === "chromium" ? "chrome148" : "firefox140",
        conditions: ["browser"],
        jsx: "automatic",
        jsxImportSource: "preact",
        define: { "process.env.NODE_ENV": dev ? '"development"' : '"production"' },
        logLevel: "silent",
        ...options,
      }),
    ),
  );
  return {
    inputs: Object.assign({}, ...results.map(({ metafile }) => metafile?.inputs)),
    outputs: Object.assign({}, ...results.map(({ metafile }) => metafile?.outputs)),
  };
}
