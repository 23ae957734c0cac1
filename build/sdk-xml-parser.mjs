// @ts-check
import { readFile } from "node:fs/promises";
import { mustMatch } from "./must-match.mjs";

/**
 * The SDK's browser build parses XML with DOMParser, which a service worker lacks: STS answers, S3 lists and every S3 error
 * would break, in Chromium only. The package's other parser is pure JavaScript, so load that one.
 */
export const sdkXmlParser = () =>
  mustMatch("sdk-xml-parser", (build, matched) => {
    build.onLoad({ filter: /xml-builder[\\/]dist-(es|cjs)[\\/]xml-parser\.browser\.js$/ }, async ({ path }) => {
      matched(path);
      return { loader: "js", contents: await readFile(path.replace(/\.browser\.js$/, ".js"), "utf8") };
    });
  });
