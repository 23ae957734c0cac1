// @ts-check
import { readFile } from "node:fs/promises";
import { mustMatch } from "./must-match.mjs";

/** Each SDK client bundles its whole package.json, scripts and all, to know its own version. */
export const sdkPackageVersion = () =>
  mustMatch("sdk-package-version", (build, matched) => {
    build.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      matched(path);
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { loader: "json", contents: JSON.stringify({ version }) };
    });
  });
