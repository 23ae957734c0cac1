import { createHash } from "node:crypto";
import { Sha256Js } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { expect, test } from "vitest";
import { presign, queryOf, sha256Hex, signHeaders } from "../../src/aws/probe/sign-v4.ts";
import { uriEncode } from "../../src/aws/uri-encode.ts";

const credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "secret/+=", sessionToken: "token/+==" };

const requests = fc.record({
  service: fc.constantFrom("s3" as const, "dynamodb" as const),
  method: fc.constantFrom("GET", "PUT", "DELETE", "POST"),
  host: fc.constantFrom("bucket.s3.eu-central-1.amazonaws.com", "127.0.0.1:4599"),
  segments: fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), { maxLength: 4 }),
  query: fc.dictionary(
    fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,11}$/),
    fc.string({ unit: "grapheme", maxLength: 12 }),
  ),
  headers: fc.dictionary(fc.stringMatching(/^x-amz-meta-[a-z]{1,8}$/), fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/)),
  body: fc.string({ unit: "grapheme", maxLength: 40 }),
  at: fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2039, 0, 1) }),
});

type Made = typeof requests extends fc.Arbitrary<infer T> ? T : never;

function sdkOf({ service, method, host, headers, body }: Made, url: URL) {
  const [hostname = "", port] = host.split(":");
  return {
    signer: new SignatureV4({
      credentials,
      region: "eu-central-1",
      service,
      sha256: Sha256Js,
      uriEscapePath: service !== "s3",
      applyChecksum: true,
    }),
    request: {
      method,
      protocol: "https:",
      hostname,
      ...(port !== undefined && { port: Number(port) }),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...headers, host },
      body,
    },
  };
}

function urlOf({ service, host, segments, query }: Made): URL {
  const path = service === "s3" ? segments.map(uriEncode).filter((segment) => !/^\.{1,2}$/.test(segment)) : [];
  return new URL(`https://${host}/${path.join("/")}?${queryOf(Object.entries(query))}`);
}

test("headers are signed as the SDK signs them", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (made) => {
      const url = urlOf(made);
      const { signer, request } = sdkOf(made, url);
      const theirs = await signer.sign(
        { ...request, headers: { ...request.headers, "x-amz-content-sha256": await sha256Hex(made.body) } },
        { signingDate: new Date(made.at) },
      );
      const scope = { service: made.service, region: "eu-central-1", credentials, at: made.at };
      const payload = await sha256Hex(made.body);
      const ours = await signHeaders({ method: made.method, url, headers: made.headers, payload }, scope);
      const { host: _, ...expected } = theirs.headers;
      expect(ours).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test("a link is signed as the SDK signs it", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (drawn) => {
      const made = { ...drawn, service: "s3" as const, method: "GET" as const, headers: {}, body: "" };
      const url = urlOf(made);
      const { signer, request } = sdkOf(made, url);
      const unsigned = { ...request.headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
      const theirs = await signer.presign(
        { ...request, headers: unsigned },
        {
          signingDate: new Date(made.at),
          expiresIn: 60,
          unhoistableHeaders: new Set(["x-amz-content-sha256"]),
          unsignableHeaders: new Set(["x-amz-content-sha256"]),
        },
      );
      const scope = { service: made.service, region: "eu-central-1", credentials, at: made.at };
      const ours = await presign({ method: "GET", url, headers: {} }, scope, 60);
      expect(Object.fromEntries(ours.searchParams)).toEqual(theirs.query);
    }),
    { numRuns: 100 },
  );
});

test("SHA-256 in hex", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      expect(await sha256Hex(text)).toBe(createHash("sha256").update(text).digest("hex"));
    }),
  );
});
