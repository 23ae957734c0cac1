import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonErrorAt } from "../../src/profiles/json-error-at.ts";
import { parseProfile, profileText } from "../../src/profiles/parse-profile.ts";
import { profileId } from "../../src/profiles/profile-id.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { roleArnOf } from "../support/role-arn.ts";
import { sample } from "./sample-profile.ts";

/** The code and substitutions of what a text is refused with. */
function refusal(input: unknown): string {
  try {
    parseProfile(typeof input === "string" ? input : JSON.stringify(input));
  } catch (error) {
    if (error instanceof HoldallError) return [error.code, ...(error.facts.subs ?? [])].join(" | ");
    throw error;
  }
  return "accepted";
}

const one = { arn: "arn:aws:iam::123456789012:role/reader", name: "Reader" };
const directory = { kind: "directory", url: "https://roles.example.com/mine", audience: "https://roles.example.com" };
const withCredentials = (credentials: object) => ({ ...sample, credentials });

describe("a profile's text", () => {
  test.each([
    { kind: "webIdentity", role: { kind: "list", roles: [one] }, durationSeconds: 900 },
    { kind: "webIdentity", role: { ...directory, parameter: "audience" }, durationSeconds: 900 },
    { kind: "identityPool", identityPoolId: "eu-central-1:11111111-2222-3333-4444-555555555555" },
  ])("knows $kind with $role.kind", (credentials) => {
    expect(parseProfile(JSON.stringify(withCredentials(credentials)))).toEqual(withCredentials(credentials));
  });

  test("of version 1 is lifted to the present one, with the id that it had", async () => {
    const arn = roleArnOf(sample);
    const old = { ...sample, holdall: 1, credentials: { kind: "webIdentity", roleArn: arn, durationSeconds: 900 } };
    const lifted = parseProfile(JSON.stringify(old));
    expect(lifted).toEqual(sample);
    // As version 0.1.0 made it: the journal of transfers is kept under it.
    expect(await profileId(lifted)).toBe("2866b4c4bf655119a4cfa58ea1d896872579011631a9c4464a771365eea366c5");
  });

  test("comes back as it went", () => {
    expect(parseProfile(profileText(sample))).toEqual(sample);
    expect(parseProfile(`\ufeff${profileText(sample)}`)).toEqual(sample);
  });

  test("may leave out what has a default", () => {
    const { colour: _, scopes: __, endpoints: ___, ...rest } = sample;
    const { name, partitionKey, sortKey } = sample.table;
    const text = {
      ...rest,
      credentials: { kind: "webIdentity", role: { kind: "fixed", arn: roleArnOf(sample) } },
      table: { name, partitionKey, sortKey },
      bucket: { name: sample.bucket.name },
    };
    expect(parseProfile(JSON.stringify(text))).toMatchObject({
      colour: expect.stringMatching(/^#[0-9a-f]{6}$/),
      scopes: expect.arrayContaining(["openid"]),
      credentials: { durationSeconds: 3600 },
      bucket: { forcePathStyle: false, checksum: "crc32" },
      endpoints: {},
    });
  });

  test.each([
    ["nothing", "", "profile-not-json | line 1, column 1"],
    ["a comma too many", '{\n  "holdall": 1,\n}', "profile-not-json | line 3, column 1"],
    ["a bare word", '{"a": x}', "profile-not-json | line 1, column 7"],
    ["its end missing", '{"a": [1, 2', "profile-not-json | line 1, column 12"],
    ["a list", "[]", "profile-invalid | profile | must be one JSON object"],
    ["a newer format", { ...sample, holdall: 3 }, "profile-version | 3"],
    ["an own __proto__", '{"__proto__": {}}', "profile-invalid | __proto__ | is not a field of a profile"],
    ["a nested __proto__", '{"table": {"__proto__": 1}}', "profile-invalid | __proto__ | is not a field of a profile"],
    ["an unknown field", { ...sample, secret: "x" }, "profile-invalid | secret | is not a field of a profile"],
    [
      "an unknown endpoint",
      { ...sample, endpoints: { ec2: "x" } },
      "profile-invalid | endpoints.ec2 | is not a field of a profile",
    ],
    ["no bucket", { ...sample, bucket: undefined }, "profile-invalid | bucket | is missing"],
    ["no role", { ...sample, credentials: { kind: "webIdentity" } }, "profile-invalid | credentials.role | is missing"],
    [
      "no role, in the words of version 1",
      { ...sample, holdall: 1, credentials: { kind: "webIdentity" } },
      "profile-invalid | credentials.roleArn | is missing",
    ],
    [
      "a role named twice",
      withCredentials({ kind: "webIdentity", role: { kind: "list", roles: [one, one] } }),
      "profile-invalid | credentials.role.roles | must not name a role twice",
    ],
    [
      "a directory without TLS",
      withCredentials({ kind: "webIdentity", role: { ...directory, url: "http://roles.example.com/" } }),
      "issuer-insecure | http://roles.example.com/",
    ],
    [
      "another way to credentials",
      withCredentials({ kind: "accessKeys" }),
      'profile-invalid | credentials.kind | must be an object whose kind is "webIdentity" or "identityPool"',
    ],
    [
      "a pool of another region",
      withCredentials({ kind: "identityPool", identityPoolId: "us-east-1:11111111-2222-3333-4444-555555555555" }),
      "profile-invalid | credentials.identityPoolId | must be of the profile's region, eu-central-1",
    ],
    [
      "http: off loopback",
      { ...sample, issuer: "http://login.example.com" },
      "issuer-insecure | http://login.example.com",
    ],
    ["an http: endpoint", { ...sample, endpoints: { s3: "http://10.0.0.1" } }, "issuer-insecure | http://10.0.0.1"],
    [
      "keys that are one",
      { ...sample, table: { ...sample.table, sortKey: "pk" } },
      "profile-invalid | table.sortKey | must differ from partitionKey",
    ],
    ["scopes without openid", { ...sample, scopes: ["email"] }, "profile-invalid | scopes | must contain openid"],
    [
      "a directory bucket",
      { ...sample, bucket: { name: "files--euc1-az1--x-s3" } },
      "profile-invalid | bucket.name | must be the name of a general purpose bucket, 3 to 63 of small letters, digits, . -",
    ],
    [
      "an IP endpoint with the bucket before it",
      { ...sample, bucket: { name: "files" }, endpoints: { s3: "http://127.0.0.1:9000" } },
      "profile-invalid | bucket.forcePathStyle | must be true: an IP address has no names below it",
    ],
  ])("with %s is refused with what to change", (_, input, expected) => {
    expect(refusal(input)).toBe(expected);
  });

  test.each(["localhost", "127.0.0.1", "127.8.9.10", "[::1]", "holdall.localhost"])("takes http: on %s", (host) => {
    expect(refusal({ ...sample, issuer: `http://${host}:9700` })).toBe("accepted");
  });

  test.each(["localhost.example.com", "127.0.0.1.example.com", "127001", "0.0.0.0", "notlocalhost"])(
    "takes no http: on %s",
    (host) => {
      expect(refusal({ ...sample, issuer: `http://${host}` })).toMatch(/^issuer-insecure/);
    },
  );

  test("is either right or refused with a code, whatever is done to it", () => {
    const paths = [
      "name",
      "colour",
      "issuer",
      "clientId",
      "scopes",
      "region",
      "credentials",
      "table",
      "bucket",
      "endpoints",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const text = JSON.stringify({ ...sample, [path]: value });
        const code = refusal(text);
        if (code === "accepted") expect(parseProfile(profileText(parseProfile(text)))).toEqual(parseProfile(text));
        else expect(code).toMatch(/^(?:profile-invalid|issuer-insecure)/);
      }),
    );
  });

  test("that was cut or damaged is refused with a place inside it", () => {
    const text = profileText(sample);
    fc.assert(
      fc.property(fc.nat(text.length - 4), fc.constantFrom("", "}", '"', ",", "\\", "\u0001"), (at, put) => {
        const code = refusal(text.slice(0, at) + put);
        expect(code).toMatch(/^profile-(?:not-json \| line \d+, column \d+|invalid)/);
      }),
    );
  });
});

describe("the place of an error in JSON", () => {
  test("is told exactly when JSON.parse refuses", () => {
    const mutated = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "]", "}", ":", '"', "0", "-", "e", "\\", " ", "\n", "tru"))
      .map(([json, at, put]) => json.slice(0, at % (json.length + 1)) + put + json.slice((at % (json.length + 1)) + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutated, fc.string()), (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(jsonErrorAt(text) === null).toBe(parses);
      }),
      { numRuns: 1000 },
    );
  });
});
