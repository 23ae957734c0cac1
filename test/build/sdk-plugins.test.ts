import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { describe, expect, test } from "vitest";
import { sdkPlugins } from "../../build/bundles.mjs";
import { mustMatch } from "../../build/must-match.mjs";
import { LRU_CACHE } from "../../build/sdk-lru-cache.mjs";
import { dropErrorClasses, inlineSchemaConstants } from "../../build/sdk-schema-constants.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";

const CLIENTS = `
  import { STSClient, AssumeRoleWithWebIdentityCommand } from "@aws-sdk/client-sts";
  import { S3Client, ListObjectsV2Command } from "@aws-sdk/client-s3";
  import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
  globalThis.sdk = { STSClient, AssumeRoleWithWebIdentityCommand, S3Client, ListObjectsV2Command, DynamoDBClient, GetItemCommand };`;

function bundle(contents: string, plugins: esbuild.Plugin[]) {
  return esbuild.build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "chrome148",
    write: false,
    plugins,
    logLevel: "silent",
  });
}

describe("plugins for the AWS SDK", () => {
  test("all of them still match the installed version", async () => {
    const { outputFiles } = await bundle(CLIENTS, sdkPlugins());
    expect(outputFiles[0]?.text.includes("DOMParser")).toBe(false);
  });

  test.each(sdkPlugins().map(({ name }, index) => ({ name, index })))(
    "$name fails the build when it matches nothing",
    async ({ name, index }) => {
      const plugin = sdkPlugins()[index];
      await expect(bundle("globalThis.nothing = 1;", plugin ? [plugin] : [])).rejects.toThrow(
        `${name} matched no file`,
      );
    },
  );

  test("a plugin that matched is content", async () => {
    const plugin = mustMatch("anything", (build, matched) => {
      build.onLoad({ filter: /client-sts.*index\.js$/ }, ({ path }) => {
        matched(path);
        return undefined;
      });
    });
    await expect(bundle(CLIENTS, [plugin])).resolves.toBeDefined();
  });

  test("the bundle reads XML where there is no DOM", async () => {
    const { outputFiles } = await bundle(
      `import { parseXML } from "@aws-sdk/xml-builder"; globalThis.parseXML = parseXML;`,
      [sdkPlugins()[0] as esbuild.Plugin],
    );
    const scope: { parseXML?: (xml: string) => unknown } = {};
    new Function("globalThis", outputFiles[0]?.text ?? "")(scope);
    expect(scope.parseXML?.("<Error><Code>NoSuchKey</Code><Key>a &amp; b</Key></Error>")).toEqual({
      Error: { Code: "NoSuchKey", Key: "a & b" },
    });
  });
});

test("schema constants become literal keys; what is no constant stays", () => {
  const source = [
    'const _h = "http";',
    "const other = 1;",
    "const a = { [_h]: 1, [other]: 2, [_x]: 3 };",
    "const s_registry = new TypeRegistry(_s);",
  ];
  expect(inlineSchemaConstants(source.join("\n"))).toBe(
    [
      'const _h = "http";',
      "const other = 1;",
      'const a = { "http": 1, [other]: 2, [_x]: 3 };',
      "const s_registry = /* @__PURE__ */ new TypeRegistry(_s);",
    ].join("\n"),
  );
});

test.each(["s3", "dynamodb", "sts"])(
  "%s keeps the classes of errors that the SDK tries again for their class",
  async (client) => {
    const folder = join(ROOT, `node_modules/@aws-sdk/client-${client}/dist-es`);
    const classes = (await readFile(join(folder, "models/errors.js"), "utf8")).split("export class ").slice(1);
    const retryable = classes.filter((text) => text.includes("$retryable")).map((text) => text.split(" ")[0]);
    const kept = dropErrorClasses(await readFile(join(folder, "schemas/schemas_0.js"), "utf8"));
    const registered = [...kept.matchAll(/^n\d+_registry\.registerError\(\w+\$, (\w+)\);$/gm)].map(([, name]) => name);
    expect(registered).toEqual(retryable);
    expect(kept).toMatch(/^_s_registry\.registerError\(\w+ServiceException\$/m);
  },
);

test("the small LRU cache forgets what was used least recently", async () => {
  const { default: LruCache } = await import(`data:text/javascript,${encodeURIComponent(LRU_CACHE)}`);
  const cache = new LruCache(2);
  cache.set("a", 1).set("b", 2);
  expect(cache.get("a")).toBe(1);
  cache.set("c", 3);
  expect([cache.has("a"), cache.has("b"), cache.peek("c")]).toEqual([true, false, 3]);
  expect(cache.get("missing")).toBeUndefined();
  expect(cache.has("missing")).toBe(false);
});
