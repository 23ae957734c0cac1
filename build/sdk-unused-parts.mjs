// @ts-check
import { mustMatch } from "./must-match.mjs";

/** @type {{ file: RegExp, why: string, contents: string }[]} `file`: the module that is replaced. `refuse` is there for what nobody calls. */
const parts = [
  {
    file: /signature-v4-multi-region[\\/]dist-es[\\/]SignatureV4MultiRegion\.js$/,
    why: "signatures for several regions at once are for multi-region access points, which no profile can name",
    contents: `
      import { SignatureV4 } from "@smithy/signature-v4";
      export class SignatureV4MultiRegion extends SignatureV4 { static sigv4aDependency() { return "none"; } }`,
  },
  {
    file: /checksums[\\/]dist-es[\\/]submodules[\\/]flexible-checksums[\\/]index\.js$/,
    why: "every request that carries bytes has its own checksum, and src/aws/clients.ts asks the SDK to add and check none",
    contents: `
      export const resolveFlexibleChecksumsConfig = (config) => config;
      export const getFlexibleChecksumsPlugin = () => ({ applyToStack() {} });`,
  },
  {
    file: /checksums[\\/]dist-es[\\/]submodules[\\/]sha[\\/]sha1[\\/]Sha1Js\.js$/,
    why: "a default of those checksums",
    contents: "export class Sha1Js { constructor() { refuse(); } }",
  },
  {
    file: /core[\\/]dist-es[\\/]submodules[\\/]checksum[\\/]md5[\\/]Md5Js\.js$/,
    why: "for keys that a customer sends with each request (SSE-C)",
    contents: "export class Md5Js { constructor() { refuse(); } }",
  },
  {
    file: /signature-v4[\\/]dist-es[\\/]HeaderFormatter\.js$/,
    why: "writes the headers of signed event streams",
    contents: "export class HeaderFormatter { format() { refuse(); } }",
  },
  {
    file: /retry[\\/]util-retry[\\/]DefaultRateLimiter\.js$/,
    why: 'for retryMode "adaptive"; ours is "standard"',
    contents: "export class DefaultRateLimiter { constructor() { refuse(); } }",
  },
  {
    file: /fetch-http-handler[\\/]dist-es[\\/]index\.js$/,
    why: "src/aws/fetch-handler.ts sends, and reads each answer whole before the SDK sees it",
    contents: `
      export const FetchHttpHandler = { create: (handler) => handler };
      export { streamCollector } from "@smithy/core/serde";`,
  },
  {
    file: /serde[\\/]util-stream[\\/]sdk-stream-mixin\.browser\.js$/,
    why: "turns an object's body into a stream: bodies of objects never come through the SDK",
    contents: "export const sdkStreamMixin = refuse;",
  },
  {
    file: /middleware-s3-express[\\/]classes[\\/]S3ExpressIdentityProviderImpl\.js$/,
    why: "sessions of directory buckets, which src/profiles/check-profile.ts refuses",
    contents: "export class S3ExpressIdentityProviderImpl {}",
  },
  {
    file: /middleware-s3-express[\\/]functions[\\/]s3ExpressMiddleware\.js$/,
    why: "the same",
    contents: `
      export const getS3ExpressPlugin = () => ({ applyToStack() {} });
      export { refuse as s3ExpressMiddleware, refuse as s3ExpressMiddlewareOptions };`,
  },
  {
    file: /middleware-s3-express[\\/]functions[\\/]s3ExpressHttpSigningMiddleware\.js$/,
    why: "the same; without it the SDK's plain signing stays in its place",
    contents: `
      export const getS3ExpressHttpSigningPlugin = () => ({ applyToStack() {} });
      export { refuse as s3ExpressHttpSigningMiddleware, refuse as s3ExpressHttpSigningMiddlewareOptions };`,
  },
];

const refuse = `const refuse = () => { throw new Error("This part of the AWS SDK is not in this build"); };\n`;

/** Leaves out what the SDK's clients always bring along and Holdall's settings never let them use. One plugin per module. */
export const sdkUnusedParts = () =>
  parts.map(({ file, contents }) =>
    mustMatch(`sdk-unused-parts ${file.source}`, (build, matched) => {
      build.onLoad({ filter: file }, ({ path }) => {
        matched(path);
        return { loader: "js", contents: refuse + contents };
      });
    }),
  );
