// @ts-check
import { readFile } from "node:fs/promises";
import { mustMatch } from "./must-match.mjs";

/**
 * The SDK's schema tables use computed keys (`{[_h]: …}`). A computed key may call toString, so esbuild keeps every table of every
 * operation. With the constants written out, what no command uses is dropped. The same holds for the classes of errors.
 */
export const sdkSchemaConstants = () =>
  mustMatch("sdk-schema-constants", (build, matched) => {
    build.onLoad(
      { filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, "utf8");
        const inlined = inlineSchemaConstants(source);
        const contents = dropErrorClasses(inlined);
        if (inlined !== source && contents !== inlined) matched(path);
        return { loader: "js", contents };
      },
    );
  });

/**
 * @param {string} source a `schemas_0.js` of an AWS SDK client
 * @returns {string} the same tables with literal keys, and registries marked as free of side effects
 */
export function inlineSchemaConstants(source) {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("(?:[^"\\]|\\.)*");$/gm)].map(([, name, literal]) => [name, literal]),
  );
  return source
    .replace(/\[(_\w+)\]:/g, (computed, name) => (constants.has(name) ? `${constants.get(name)}:` : computed))
    .replace(/^(const \w+_registry = )(?=TypeRegistry\.for|new TypeRegistry)/gm, "$1/* @__PURE__ */ ");
}

/** Errors whose class says more than their code: that the SDK may try again. */
const told = ["IDPCommunicationErrorException", "ReplicatedWriteConflictException"];

/**
 * An error is known by its code (src/aws/map-error.ts), and the SDK makes one of the service's general class for every code that
 * has no class of its own, as most of S3's.
 *
 * @param {string} source as above
 * @returns {string} the same, but most errors' classes are not registered, so that nothing holds them in the bundle
 */
export function dropErrorClasses(source) {
  return source.replace(/^n\d+_registry\.registerError\(\w+\$, (\w+)\);$/gm, (line, name) =>
    told.includes(name) ? line : "",
  );
}
