import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { redirectUrls as ofManifest } from "../../build/manifest.mjs";
import { redirectUrls } from "../../src/shared/redirect-urls.ts";

test("the redirect URLs are those that follow from the manifest", async () => {
  const manifest = JSON.parse(await readFile(new URL("../../manifest.json", import.meta.url), "utf8"));
  expect(redirectUrls).toEqual(ofManifest(manifest));
});
