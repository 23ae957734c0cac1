import fc from "fast-check";
import { parseSettings, type SettingsInput } from "../../src/setup/parse-settings.ts";
import type { ProfileLook } from "../../src/setup/profile-look.ts";
import type { SetupSettings } from "../../src/setup/settings.ts";

/** What a template's language, IAM or JSON could take for something of its own. */
const ODD = ["${", "}", "$", "%{", "$${", '"', "'", "\\", "{{", "#", "<<EOT", "/*", "~", "&", "ü", "漢", "😀", " "];

const oddText = (most: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "grapheme", maxLength: 4 })), { maxLength: 6 })
    // HCL normalizes all texts. Both names of a key are one text in the table and in the profile, whatever it becomes.
    .map((parts) => [...parts.join("").normalize("NFC")].slice(0, most).join(""));

const isPrintable = (text: string) => !/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(text);
const isUnseen = (text: string) => /[\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text);
const attributeName = oddText(40).filter((text) => text !== "" && isPrintable(text));

const path = fc
  .array(fc.constantFrom("tenant", "v2.0", "a-b", "_", "123456789012", "%7C", "@", "=", ";", ":", ",", "'", "|"), {
    maxLength: 4,
  })
  .map((parts) => parts.join("/"));
const issuer = fc.oneof(
  fc.tuple(path, fc.constantFrom("", "/")).map(([rest, end]) => `https://login.example.com/${rest}${end}`),
  fc.constantFrom(
    "https://a.example",
    "https://A.example/Path//x",
    "http://127.0.0.1:9700",
    "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi",
    "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi/",
  ),
);

const input: fc.Arbitrary<SettingsInput> = fc.record(
  {
    issuer,
    // Digits of an account may well be part of a client id.
    clientId: fc.oneof(
      fc.constantFrom("123456789012-abc.apps.example.com", "111122223333", "https://api.example.com/", "a|b:c'd<e>"),
      fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.~:/@!&'()+,;="), minLength: 1, maxLength: 60 }),
    ),
    account: fc.constantFrom("123456789012", "111122223333"),
    region: fc.constantFrom("eu-central-1", "us-east-1", "ap-southeast-2"),
    credentials: fc.constantFrom("webIdentity", "identityPool"),
    bucket: fc.constantFrom("files-example", "111122223333", "holdall-111122223333-eu-central-1"),
    table: fc.constantFrom("items", "a.b_c-d", "123456789012"),
    roleName: fc.constantFrom("person", "a+b=c,d.e@f-g_h"),
    partitionKey: attributeName,
    sortKey: attributeName,
    noncurrentDays: fc.integer({ min: 1, max: 36_500 }),
    maxSessionSeconds: fc.integer({ min: 900, max: 3600 }),
  },
  { requiredKeys: ["issuer", "clientId"] },
);

/** Settings that `parseSettings` takes, as odd as it takes them; with a KMS key now and then. */
export const oddSettings: fc.Arbitrary<SetupSettings> = fc
  .tuple(input, fc.boolean())
  .filter(([{ partitionKey = "pk", sortKey = "sk" }]) => partitionKey !== sortKey)
  .map(([one, encrypted]) => {
    const region = String(one.region ?? "eu-central-1");
    const kmsKeyArn = `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    return parseSettings(encrypted ? { ...one, kmsKeyArn } : one);
  });

export const oddLook: fc.Arbitrary<ProfileLook> = fc.record({
  name: oddText(60).filter((text) => text.trim() !== "" && isPrintable(text) && !isUnseen(text)),
  colour: fc.constantFrom("#3b5bdb", "#FFFFFF"),
});
