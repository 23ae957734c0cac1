import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { dynamoDbEndpoint, type EndpointParameters, s3Endpoint, stsEndpoint } from "../../src/aws/endpoints.ts";

/** With what our clients' settings add. */
const fixed = { UseFIPS: false, UseDualStack: false, UseGlobalEndpoint: false, Accelerate: false };
/** By the SDK's own rules. */
const theirs = {
  s3: new S3Client({ region: "us-east-1" }).config.endpointProvider,
  dynamodb: new DynamoDBClient({ region: "us-east-1" }).config.endpointProvider,
  sts: new STSClient({ region: "us-east-1" }).config.endpointProvider,
};
const ours = { s3: s3Endpoint, dynamodb: dynamoDbEndpoint, sts: stsEndpoint };

/** What requests are sent and signed by. */
function found(service: keyof typeof ours, parameters: EndpointParameters) {
  return [theirs[service], ours[service]].map((resolve) => {
    const { url, properties, headers } = resolve({ ...fixed, ...parameters } as never);
    return { url: url.href, properties, headers };
  });
}

let regions: string[];
beforeAll(async () => {
  const path = "node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js";
  const source = await readFile(join(ROOT, path), "utf8");
  const { partitionsInfo } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  const all = partitionsInfo.partitions.flatMap(({ regions }: { regions: object }) => Object.keys(regions));
  // A profile's region ends in a number.
  regions = all.filter((name: string) => /-\d+$/.test(name));
  // And some that AWS may open one day.
  regions.push("us-gov-south-9", "eu-isoe-east-2", "us-isof-north-1", "cn-south-1", "xx-new-1");
});

/** As src/profiles/check-profile.ts takes them; names of other kinds than general purpose buckets' are none. */
const bucket = fc.stringMatching(/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/).filter((name) => !/--(?:x|xa|op)-s3$/.test(name));
const endpoint = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(
    "https://s3.example.com",
    "https://s3.example.com:443/",
    "http://s3.example.com:80",
    "https://s3.example.com:9443/base",
    "https://s3.example.com/base/",
    "http://localhost:9000",
    "http://127.0.0.1:9000",
    "https://10.0.0.7/base",
    "http://[::1]:9000",
  ),
  fc.webUrl({ validSchemes: ["http", "https"], withQueryParameters: false, withFragments: false }),
);

describe("the endpoint is the one of the SDK's rules", () => {
  test("for S3, by region, bucket, endpoint and path style", () => {
    const parameters = fc.record({
      Region: fc.constantFrom(...regions),
      Bucket: fc.oneof({ weight: 5, arbitrary: bucket }, { weight: 1, arbitrary: fc.constant(undefined) }),
      Endpoint: endpoint,
      ForcePathStyle: fc.boolean(),
    });
    fc.assert(
      fc.property(parameters, (one) => {
        // The SDK's rules make no URL of these, and no profile has them (src/profiles/check-profile.ts).
        fc.pre(one.ForcePathStyle || !one.Bucket?.includes(".") || !/127\.0\.0\.1|\[/.test(one.Endpoint ?? ""));
        const [expected, actual] = found("s3", one);
        expect(actual).toEqual(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each(["dynamodb", "sts"] as const)("for %s in every region, and where the profile names one", (service) => {
    for (const Region of regions) {
      const [expected, actual] = found(service, { Region });
      expect(actual).toEqual(expected);
    }
    fc.assert(
      fc.property(fc.constantFrom(...regions), endpoint, (Region, Endpoint) => {
        const [expected, actual] = found(service, { Region, Endpoint });
        expect(actual).toEqual(expected);
      }),
    );
  });

  test("for S3 in every region, in each style", () => {
    expect(regions.length).toBeGreaterThan(40);
    for (const Region of regions) {
      for (const Bucket of ["files", "my.files", "a1-b", undefined]) {
        for (const ForcePathStyle of [false, true]) {
          const [expected, actual] = found("s3", { Region, Bucket, ForcePathStyle });
          expect(actual).toEqual(expected);
        }
      }
    }
  });
});
