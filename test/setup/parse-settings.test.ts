import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSettings, type SettingsInput } from "../../src/setup/parse-settings.ts";
import { renderSetup } from "../../src/setup/render-setup.ts";

const base = { issuer: "https://login.example.com/", clientId: "c" };

test("defaults follow from the account", () => {
  expect(parseSettings({ ...base, account: "111122223333" })).toEqual({
    issuer: "https://login.example.com/",
    clientId: "c",
    bucket: "holdall-111122223333",
    table: "holdall",
    region: "eu-central-1",
    account: "111122223333",
    credentials: "webIdentity",
    options: {
      identityPoolId: null,
      partition: "aws",
      roleName: "holdall-person",
      partitionKey: "pk",
      sortKey: "sk",
      noncurrentDays: 30,
      maxSessionSeconds: 3600,
      kmsKeyArn: null,
    },
  });
});

test.each<[string, SettingsInput]>([
  ["issuer", { issuer: "" }],
  ["issuer", { issuer: "login.example.com" }],
  ["issuer", { issuer: "http://login.example.com" }],
  ["issuer", { issuer: "http://127.0.0.1.example.com" }],
  ["issuer", { issuer: "https://login.example.com:8443" }],
  ["issuer", { issuer: "https://login.example.com/?tenant=1" }],
  ["issuer", { issuer: "https://login.example.com/#x" }],
  ["issuer", { issuer: "https://user:pw@login.example.com" }],
  ["issuer", { issuer: "https://login.example.com/*" }],
  ["issuer", { issuer: " https://login.example.com" }],
  ["issuer", { issuer: `https://login.example.com/${"x".repeat(255)}` }],
  ["clientId", { clientId: "" }],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what must not get into a policy
  ["clientId", { clientId: "${aws:username}" }],
  ["clientId", { clientId: "two words" }],
  ["account", { account: "12345" }],
  ["account", { account: "1234567890123" }],
  ["account", { account: "12345678901a" }],
  ["region", { region: "frankfurt" }],
  ["bucket", { bucket: "ab" }],
  ["bucket", { bucket: "UPPER" }],
  ["bucket", { bucket: "-begins" }],
  ["bucket", { bucket: "ends-" }],
  ["bucket", { bucket: "has.dot" }],
  ["bucket", { bucket: "under_score" }],
  ["bucket", { bucket: "xn--name" }],
  ["bucket", { bucket: "name-s3alias" }],
  ["bucket", { bucket: "x".repeat(64) }],
  ["table", { table: "ab" }],
  ["table", { table: "a/b/c" }],
  ["roleName", { roleName: "a role" }],
  ["sortKey", { sortKey: "pk" }],
  ["partitionKey", { partitionKey: "ü".repeat(128) }],
  ["partitionKey", { partitionKey: "a\u0000b" }],
  ["sortKey", { sortKey: "a\ufdd0" }],
  ["clientId", { clientId: "ü" }],
  ["clientId", { clientId: "a\u0007b" }],
  ["issuer", { issuer: "https://login.example.com/\ufdd0" }],
  ["credentials", { credentials: "pool" }],
  ["credentials", { credentials: "identityPool", region: "us-gov-west-1" }],
  ["identityPoolId", { identityPoolId: "eu-central-1:11111111-2222-3333-4444-555555555555" }],
  ["identityPoolId", { credentials: "identityPool", identityPoolId: "us-east-1:11111111-2222-3333-4444-555555555555" }],
  ["identityPoolId", { credentials: "identityPool", identityPoolId: "eu-central-1:x" }],
  ["noncurrentDays", { noncurrentDays: "0" }],
  ["noncurrentDays", { noncurrentDays: "1.5" }],
  ["maxSessionSeconds", { maxSessionSeconds: 899 }],
  ["maxSessionSeconds", { maxSessionSeconds: "3601" }],
  ["kmsKeyArn", { kmsKeyArn: "alias/key" }],
  ["kmsKeyArn", { kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/abc" }],
  ["partition", { partition: "aws-cn" }],
])("setup/%s for %j", (name, input) => {
  expect(() => parseSettings({ ...base, ...input })).toThrow(
    expect.objectContaining({ name: "SettingsError", code: `setup/${name}` }),
  );
});

test.each<SettingsInput>([
  { maxSessionSeconds: 900 },
  { bucket: "abc" },
  { bucket: "x".repeat(63) },
  { region: "us-gov-west-1" },
  { region: "ap-southeast-2" },
  { issuer: "http://localhost:9000/realms/x" },
  { issuer: "http://[::1]:9000" },
  { issuer: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc" },
])("%j is taken", (input) => {
  parseSettings({ ...base, ...input });
});

test("whatever is typed, either a coded error or settings whose policies hold no foreign variable", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom("${", "}", "*", "https://a.example", "http://127.0.0.1:1", "a${b"),
  );
  const glued = fc.array(text, { maxLength: 3 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      fc.record(
        { issuer: glued, clientId: glued, bucket: glued, table: glued, roleName: glued },
        { requiredKeys: ["issuer", "clientId"] },
      ),
      (input) => {
        let rendered: ReturnType<typeof renderSetup>;
        try {
          rendered = renderSetup(parseSettings({ ...base, ...input }));
        } catch (error) {
          expect(error).toMatchObject({ name: "SettingsError", code: expect.stringMatching(/^setup\//) });
          return;
        }
        const variables =
          JSON.stringify([rendered.permissionPolicy, rendered.trustPolicy]).match(/\$\{[^}]*\}?/g) ?? [];
        const own = `\${${rendered.provider?.arn.split(":oidc-provider/")[1]}:sub}`;
        // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's spelling of * ? $
        for (const variable of variables) expect([own, "${*}", "${?}", "${$}"]).toContain(variable);
      },
    ),
  );
});
