import * as esbuild from "esbuild";
import { expect, test } from "vitest";
import { snapshotWithoutReplay } from "../../build/snapshot-without-replay.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";

const bundle = async (contents: string) => {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "iife",
    write: false,
    plugins: [snapshotWithoutReplay()],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
};

test("the snapshot comes without the parser that plays it back", async () => {
  const code = await bundle('import { snapshot } from "rrweb-snapshot"; globalThis.snapshot = snapshot;');
  expect(/postcss|sourceMappingURL/i.test(code)).toBe(false);
  expect(code.length).toBeLessThan(40_000);
});

test("playing back still has it, and an update that moves the file is noticed", async () => {
  const code = await bundle('import { adaptCssForReplay } from "rrweb-snapshot"; globalThis.a = adaptCssForReplay;');
  expect(/postcss/i.test(code)).toBe(true);
  await expect(bundle("globalThis.a = 1;")).rejects.toThrow(/matched no file/);
});
