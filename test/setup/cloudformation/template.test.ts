import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseProfile } from "../../../src/profiles/parse-profile.ts";
import { renderCloudFormation } from "../../../src/setup/cloudformation/render-cloudformation.ts";
import { parseOutputs } from "../../../src/setup/parse-outputs.ts";
import { parseSettings } from "../../../src/setup/parse-settings.ts";
import { profileLook } from "../../../src/setup/profile-look.ts";
import { renderSetup } from "../../../src/setup/render-setup.ts";
import type { SetupSettings } from "../../../src/setup/settings.ts";
import { setupProfile } from "../../../src/setup/setup-profile.ts";
import { oddLook, oddSettings } from "../odd-settings.ts";
import { problemsOf } from "./check-template.ts";
import { evaluate, type Place, type Template } from "./evaluate-template.ts";

const POOL = "eu-central-1:11111111-2222-4333-8444-555555555555";
const base = { issuer: "https://login.example.com/tenant/", clientId: "client-1" };
const USER_POOL = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi";

const read = (settings: SetupSettings, look = profileLook(settings)): Template & Record<string, unknown> =>
  JSON.parse(renderCloudFormation(settings, look));

/** Where the settings say that it is applied. */
const placeOf = (settings: SetupSettings, parameters: Place["parameters"] = {}): Place => ({
  account: settings.account,
  region: settings.region,
  parameters,
  resources: {
    Bucket: settings.bucket,
    Table: settings.table,
    IdentityPool: `${settings.region}:${POOL.split(":")[1]}`,
    Provider: "the provider that was made",
    "Role.Arn": "the role's arn",
    "ProbeRole.Arn": "the probe role's arn",
    "ProbeFunction.Arn": "the function's arn",
  },
});

/** The settings once the pool is there. */
const withPool = (settings: SetupSettings): SetupSettings =>
  settings.credentials === "webIdentity"
    ? settings
    : {
        ...settings,
        options: { ...settings.options, identityPoolId: placeOf(settings).resources.IdentityPool ?? null },
      };

const WAYS: [string, object][] = [
  ["web identity", {}],
  ["web identity, KMS", { kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd" }],
  ["an identity pool", { credentials: "identityPool" }],
  ["an identity pool over a user pool", { credentials: "identityPool", issuer: USER_POOL }],
  ["China", { region: "cn-north-1" }],
];

describe.each(WAYS)("%s", (_name, more) => {
  const settings = parseSettings({ ...base, account: "111122223333", ...more });
  const template = read(settings);

  test("CloudFormation takes every type, property and reference", () => {
    expect(problemsOf(template)).toEqual([]);
  });

  test("it fits where it has to: 51,200 bytes in a request, an output that may be exported", () => {
    expect(new TextEncoder().encode(renderCloudFormation(settings)).length).toBeLessThan(51_200);
    expect(String(evaluate(template.Outputs.Profile?.Value, template, placeOf(settings))).length).toBeLessThan(1_024);
  });

  test("every property that is misspelt, and every reference that leads nowhere, is found", () => {
    const spots = namesIn(template.Resources, ["Resources"]);
    expect(spots.length).toBeGreaterThan(60);
    for (const spot of spots) {
      const broken = structuredClone(template);
      misspell(broken, spot);
      expect([spot.join("."), problemsOf(broken).length > 0]).toEqual([spot.join("."), true]);
    }
  });
});

/** Paths of every name that CloudFormation reads: of properties and functions, not of policies and other plain JSON. */
function namesIn(value: unknown, path: string[]): string[][] {
  if (Array.isArray(value)) return value.flatMap((one, at) => namesIn(one, [...path, String(at)]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const here = [...path, name];
    const plain = /Document$|^(Objects|Items|Roles|Fn::Join)$/.test(name);
    // The names of resources are ours, and a resource's optional attributes may be left out.
    const own = path.length > 1 && !(path.length === 2 && /Policy$/.test(name));
    return [...(own ? [here] : []), ...(plain ? [] : namesIn(one, here))];
  });
}

function misspell(value: unknown, path: string[]): void {
  const last = path.at(-1) ?? "";
  let at = value as Record<string, unknown>;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
  at[`${last}x`] = at[last];
  delete at[last];
}

test("a resource that is there on a condition is referred to under that condition only", () => {
  const template = read(parseSettings({ ...base, credentials: "identityPool" }));
  const pool = template.Resources.IdentityPool;
  if (pool === undefined) throw new Error("no pool");
  pool.Properties.OpenIdConnectProviderARNs = [{ Ref: "Provider" }];
  expect(problemsOf(template)).toEqual(["IdentityPool: Provider is there on condition MakeProvider only"]);
});

test("nothing outlives the stack but the person's data: bucket, its policy, table", () => {
  const { Resources } = read(parseSettings(base));
  const kept = Object.entries(Resources).filter(
    ([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy === "Retain" && UpdateReplacePolicy === "Retain",
  );
  expect(kept.map(([name]) => name)).toEqual(["Bucket", "BucketPolicy", "Table"]);
});

test("an account that has the provider already keeps it, and the pool uses that", () => {
  const settings = parseSettings({ ...base, account: "111122223333", credentials: "identityPool" });
  const template = read(settings);
  const made = (answer: string) => {
    const place = placeOf(settings, { ProviderExists: answer });
    const arns = template.Resources.IdentityPool?.Properties.OpenIdConnectProviderARNs;
    return [evaluate(template.Conditions?.MakeProvider, template, place), evaluate(arns, template, place)];
  };
  expect(made("no")).toEqual([true, ["the provider that was made"]]);
  expect(made("yes")).toEqual([false, ["arn:aws:iam::111122223333:oidc-provider/login.example.com/tenant/"]]);
});

test("a pool that is there already is no template's", () => {
  const settings = parseSettings({ ...base, credentials: "identityPool", identityPoolId: POOL });
  expect(() => renderCloudFormation(settings)).toThrow(expect.objectContaining({ code: "setup/identityPoolId" }));
});

test("applied elsewhere than the settings say, all of it is of that account and region", () => {
  const settings = parseSettings({ ...base, account: "111122223333" });
  const template = read(settings);
  const elsewhere = parseSettings({ ...base, account: "444455556666", region: "us-east-1" });
  const place = placeOf(elsewhere);
  const text = JSON.stringify(evaluate([template.Resources, template.Outputs], template, place));
  expect(text).not.toContain("111122223333");
  expect(text).not.toContain("eu-central-1");
  const profile = parseProfile(String(evaluate(template.Outputs.Profile?.Value, template, place)));
  expect(profile).toEqual(setupProfile(elsewhere));
});

test("whatever the settings: valid, the policies are renderSetup's, and the output pastes back as the profile", () => {
  fc.assert(
    fc.property(oddSettings, oddLook, (settings, look) => {
      const text = renderCloudFormation(settings, look);
      const template: Template & Record<string, unknown> = JSON.parse(text);
      expect(problemsOf(template)).toEqual([]);
      const place = placeOf(settings);
      const { Role, Bucket, BucketPolicy, Table, Provider } = template.Resources;
      const rendered = renderSetup(withPool(settings));
      const role = evaluate(Role?.Properties, template, place) as Record<string, unknown>;
      expect(role.AssumeRolePolicyDocument).toEqual(rendered.trustPolicy);
      expect(role.Policies).toEqual([{ PolicyName: "own-storage", PolicyDocument: rendered.permissionPolicy }]);
      expect(role.RoleName).toBe(rendered.role.name);
      expect(evaluate(Bucket?.Properties.BucketName, template, place)).toBe(settings.bucket);
      expect(evaluate(BucketPolicy?.Properties.PolicyDocument, template, place)).toEqual(rendered.bucket.Policy);
      expect(evaluate(Table?.Properties.KeySchema, template, place)).toEqual(rendered.table.KeySchema);
      expect(Provider?.Properties.Url).toBe(rendered.provider?.url);
      expect(Provider?.Properties.ClientIdList).toEqual(rendered.provider?.clientIds);

      const OutputValue = String(evaluate(template.Outputs.Profile?.Value, template, place));
      // CloudFormation shows question marks for anything else.
      expect(OutputValue).toMatch(/^[\x20-\x7e]*$/);
      const pasted = JSON.stringify({ Stacks: [{ Outputs: [{ OutputKey: "Profile", OutputValue }] }] });
      expect(parseProfile(parseOutputs(pasted))).toEqual(setupProfile(withPool(settings), look));
    }),
    { numRuns: 300 },
  );
});
