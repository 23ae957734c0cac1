import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseProfile } from "../../../src/profiles/parse-profile.ts";
import { parseOutputs } from "../../../src/setup/parse-outputs.ts";
import { parseSettings } from "../../../src/setup/parse-settings.ts";
import { PROBE_ITEMS, PROBE_OBJECTS } from "../../../src/setup/probe.ts";
import { renderSetup } from "../../../src/setup/render-setup.ts";
import type { SetupSettings } from "../../../src/setup/settings.ts";
import { setupProfile } from "../../../src/setup/setup-profile.ts";
import { block, expression, hclFile, jsonencode } from "../../../src/setup/terraform/hcl.ts";
import { renderTerraform } from "../../../src/setup/terraform/render-terraform.ts";
import { oddLook, oddSettings } from "../odd-settings.ts";
import { evaluateAttribute, type Parsed, readTerraform, type TerraformFile } from "./read-terraform.ts";
import { checkResources } from "./resource-arguments.ts";

const POOL = "11111111-2222-4333-8444-555555555555";
const base = { issuer: "https://login.example.com/tenant/", clientId: "client-1" };
const USER_POOL = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi";

const namesOf = ({ account, region }: SetupSettings) => ({
  "local.account": account,
  "aws_cognito_identity_pool.people.id": `${region}:${POOL}`,
  "aws_iam_openid_connect_provider.people": "the provider",
  "aws_iam_role.person.arn": "the role's arn",
});

const withPool = (settings: SetupSettings): SetupSettings =>
  settings.credentials === "webIdentity"
    ? settings
    : { ...settings, options: { ...settings.options, identityPoolId: `${settings.region}:${POOL}` } };

function resource(file: TerraformFile, type: string, name: string): Parsed {
  const [found] = file.resource[type]?.[name] ?? [];
  if (found === undefined) throw new Error(`no ${type}.${name}`);
  return found;
}

const WAYS: [string, object][] = [
  ["web identity", {}],
  ["web identity, KMS", { kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd" }],
  ["an identity pool", { credentials: "identityPool" }],
  ["an identity pool over a user pool", { credentials: "identityPool", issuer: USER_POOL }],
];

describe.each(WAYS)("%s", (_name, more) => {
  const settings = parseSettings({ ...base, account: "111122223333", ...more });

  test("the provider's resources take every argument, and every reference leads to one of them", async () => {
    const text = renderTerraform(settings);
    expect(checkResources(await readTerraform(text))).toEqual([]);
  });

  test("the probe is of the keys and the words that the isolation proof looks for", async () => {
    const file = await readTerraform(renderTerraform(settings));
    const objects = Object.values(file.resource.aws_s3_object ?? {}).map(([one]) => one?.key);
    expect(objects).toEqual([...PROBE_OBJECTS]);
    const items = Object.values(file.resource.aws_dynamodb_table_item ?? {}).map(([one]) => one?.item);
    const read = await Promise.all(items.map((item) => evaluateAttribute(item, {})));
    expect(read.map((item) => JSON.parse(String(item)))).toMatchObject(
      PROBE_ITEMS.map(({ partition, sort }) => ({ pk: { S: partition }, sk: { S: sort } })),
    );
  });
});

test("a misspelt argument, one that is missing, and a reference that leads nowhere are found", async () => {
  const text = renderTerraform(parseSettings({ ...base, credentials: "identityPool" }));
  const lines = text.split("\n");
  const broken = [
    ["max_session_duration", "max_session_durations"],
    ["allow_classic_flow", "allow_classic_flows"],
    ["  versioning_configuration {", "  versioning_configurations {"],
    ["aws_iam_role.person.id", "aws_iam_role.people.id"],
    ["local.account}:table", "local.accounts}:table"],
    ["var.provider_exists", "var.provider"],
    ['"aws_dynamodb_table_item" "probe_1"', '"aws_dynamodb_item" "probe_1"'],
  ] as const;
  for (const [word, wrong] of broken) {
    const at = lines.findIndex((line) => line.includes(word));
    expect([word, at >= 0]).toEqual([word, true]);
    const file = await readTerraform(lines.with(at, (lines[at] ?? "").replace(word, wrong)).join("\n"));
    expect([word, checkResources(file).length > 0]).toEqual([word, true]);
  }
  const nameless = text.replace(/^ {2}table_name .*\n/m, "");
  expect(checkResources(await readTerraform(nameless))).toEqual(["aws_dynamodb_table_item: table_name is missing"]);
});

test("where the settings name an account, no other is accepted; else it is whichever applies the file", async () => {
  const [any] = (await readTerraform(renderTerraform(parseSettings(base)))).provider.aws ?? [];
  expect(any).toEqual({ region: "eu-central-1" });
  const [one] =
    (await readTerraform(renderTerraform(parseSettings({ ...base, account: "111122223333" })))).provider.aws ?? [];
  expect(one).toEqual({ region: "eu-central-1", allowed_account_ids: ["111122223333"] });
});

test("bucket and table are not destroyed by the way", async () => {
  const file = await readTerraform(renderTerraform(parseSettings(base)));
  for (const [type, name] of [
    ["aws_s3_bucket", "files"],
    ["aws_dynamodb_table", "items"],
  ] as const) {
    expect(resource(file, type, name).lifecycle).toEqual([{ prevent_destroy: true }]);
  }
});

test("a pool that is there already is no file's", () => {
  const settings = parseSettings({ ...base, credentials: "identityPool", identityPoolId: `eu-central-1:${POOL}` });
  expect(() => renderTerraform(settings)).toThrow(expect.objectContaining({ code: "setup/identityPoolId" }));
});

test("whatever the settings: valid, the policies are renderSetup's, and the output pastes back as the profile", async () => {
  await fc.assert(
    fc.asyncProperty(oddSettings, oddLook, async (settings, look) => {
      const file = await readTerraform(renderTerraform(settings, look));
      const names = namesOf(settings);
      const value = (attribute: unknown) => evaluateAttribute(attribute, names);
      const json = async (attribute: unknown) => JSON.parse(String(await value(attribute)));
      const rendered = renderSetup(withPool(settings));
      const role = resource(file, "aws_iam_role", "person");
      expect(await json(role.assume_role_policy)).toEqual(rendered.trustPolicy);
      expect(await json(resource(file, "aws_iam_role_policy", "person").policy)).toEqual(rendered.permissionPolicy);
      expect(await json(resource(file, "aws_s3_bucket_policy", "files").policy)).toEqual(rendered.bucket.Policy);
      expect(await value(resource(file, "aws_s3_bucket", "files").bucket)).toBe(settings.bucket);
      if (rendered.provider !== null) {
        const provider = resource(file, "aws_iam_openid_connect_provider", "people");
        expect([provider.url, provider.client_id_list]).toEqual([rendered.provider.url, rendered.provider.clientIds]);
      }
      if (rendered.identityPool !== null) {
        const pool = resource(file, "aws_cognito_identity_pool", "people");
        expect(await value(pool.openid_connect_provider_arns)).toEqual(rendered.identityPool.OpenIdConnectProviderARNs);
        expect(pool.allow_unauthenticated_identities).toBe(false);
        expect(pool.allow_classic_flow).toBe(false);
      }
      const [output] = file.output.profile ?? [];
      const printed = { profile: { sensitive: false, type: "string", value: await value(output?.value) } };
      const profile = parseProfile(parseOutputs(JSON.stringify(printed)));
      expect(profile).toEqual(setupProfile(withPool(settings), look));
    }),
    { numRuns: 100 },
  );
}, 60_000);

test("any text and any value comes through as it is, wherever it stands", async () => {
  const odd = fc
    .array(
      fc.oneof(fc.constantFrom("$", "%", "{", "}", "${", "%{", "$${", '"', "\\", "\n", "~", "/*", "#"), fc.string()),
    )
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.array(odd, { maxLength: 5 }), fc.dictionary(odd, odd, { maxKeys: 5 }), async (list, map) => {
      const text = hclFile([
        block("locals", [], [["all", jsonencode({ list, map, more: [null, true, 1.5, [], {}] })]]),
      ]);
      const { locals } = (await readTerraform(text)) as unknown as { locals: Parsed[] };
      const found = JSON.parse(String(await evaluateAttribute(locals[0]?.all, {})));
      expect(found).toEqual({ list, map, more: [null, true, 1.5, [], {}] });
    }),
    { numRuns: 150 },
  );
}, 60_000);

test("the file is laid out as terraform fmt does it", () => {
  const text = hclFile([
    block(
      "resource",
      ["a", "b"],
      [
        ["name", "x"],
        ["longer_name", { a: 1, "b:c": ["x"], long: { y: expression("local.y") } }],
        ["z", "one"],
        ["zzz", Array.from({ length: 12 }, (_, at) => `item number ${at}`)],
        block("inner", [], []),
      ],
    ),
  ]);
  expect(text.split("\n").slice(0, 14)).toEqual([
    'resource "a" "b" {',
    '  name = "x"',
    "  longer_name = {",
    "    a     = 1",
    '    "b:c" = ["x"]',
    "    long = {",
    "      y = local.y",
    "    }",
    "  }",
    '  z = "one"',
    "  zzz = [",
    '    "item number 0",',
    '    "item number 1",',
    '    "item number 2",',
  ]);
  expect(text.trimEnd().endsWith("  ]\n\n  inner {}\n}")).toBe(true);
});
