import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { extensionRedirectUris } from "../../../local/issuer/redirect-uris.ts";

test("the extension's manifest gives the redirects that README names", () => {
  // Computed once with openssl and sha1sum.
  expect(extensionRedirectUris("manifest.json")).toEqual([
    "https://ojmdpmcdjfebjchhonnbbphamljlcnah.chromiumapp.org/",
    "https://b305459650f4db1031ef1fa6b824354bfbf6d2b9.extensions.allizom.org/",
  ]);
});

test("without a manifest, a key or a gecko id there is none", async () => {
  expect(extensionRedirectUris("nowhere/manifest.json")).toEqual([]);
  const folder = await mkdtemp(join(tmpdir(), "holdall-manifest-"));
  const path = join(folder, "manifest.json");
  await writeFile(path, "{}");
  expect(extensionRedirectUris(path)).toEqual([]);
  await rm(folder, { recursive: true });
});
