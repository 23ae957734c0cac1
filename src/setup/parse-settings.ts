import { checkIssuer } from "./check-issuer.ts";
import { partitionOf } from "./partition.ts";
import type { SetupSettings } from "./settings.ts";
import { SettingsError } from "./settings-error.ts";

/** What a person typed: `issuer` and `clientId` are needed, the rest has defaults. Numbers may be strings of digits. */
export type SettingsInput = {
  [Name in Exclude<keyof SetupSettings, "options"> | keyof SetupSettings["options"]]?:
    | string
    | number
    | null
    | undefined;
};

/** Stands in the policies until AWS has made the pool and given it an id. */
export const PLACEHOLDER_POOL = "00000000-0000-0000-0000-000000000000";

/** The account of AWS's own examples: the policies can be read with it, but not used. */
export const PLACEHOLDER_ACCOUNT = "123456789012";

/** True when nobody has said which account it is for. */
export function isAnyAccount({ account }: SetupSettings): boolean {
  return account === PLACEHOLDER_ACCOUNT;
}

const POOL_ID = /^([a-z0-9-]+):[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const KMS_KEY_ARN = /^arn:aws(-cn|-us-gov)?:kms:([a-z0-9-]+):\d{12}:key\/[\w-]{1,128}$/;

/**
 * Checks what was typed and fills in defaults: account {@link PLACEHOLDER_ACCOUNT}, region `eu-central-1`, bucket
 * `holdall-<account>`, table `holdall`, role `holdall-person`, keys `pk` and `sk`, 30 days, 3,600 seconds, no KMS key, web
 * identity.
 *
 * @throws {SettingsError} `setup/<name of the setting>`
 */
export function parseSettings(input: SettingsInput): SetupSettings {
  const text = (name: keyof SettingsInput, fallback = "") => String(input[name] ?? fallback);
  const issuer = checkIssuer(text("issuer"));
  const clientId = text("clientId");
  demand(
    "clientId",
    /^(?!.*[*?${}"\\])[\x21-\x7e]{1,255}$/.test(clientId),
    "The client id is missing, or not 1–255 visible ASCII characters.",
  );
  const account = text("account", PLACEHOLDER_ACCOUNT);
  demand("account", /^\d{12}$/.test(account), `The account ${JSON.stringify(account)} is not twelve digits.`);
  const region = text("region", "eu-central-1");
  demand(
    "region",
    /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/.test(region),
    `${JSON.stringify(region)} is not an AWS region.`,
  );
  const table = text("table", "holdall");
  demand("table", /^[\w.-]{3,255}$/.test(table), "A table's name has 3–255 letters, digits, _ . and - only.");
  const partition = text("partition", partitionOf(region));
  demand("partition", partition === partitionOf(region), `The region ${region} lies in ${partitionOf(region)}.`);
  const kmsKeyArn = input.kmsKeyArn == null || input.kmsKeyArn === "" ? null : String(input.kmsKeyArn);
  const kmsRegion = kmsKeyArn === null ? region : KMS_KEY_ARN.exec(kmsKeyArn)?.[2];
  demand("kmsKeyArn", kmsRegion === region, `The KMS key must be the ARN of a key (no alias) in ${region}.`);
  const roleName = text("roleName", "holdall-person");
  demand("roleName", /^[\w+=,.@-]{1,64}$/.test(roleName), "A role's name has 1–64 letters, digits and _+=,.@- only.");
  const partitionKey = text("partitionKey", "pk");
  const sortKey = text("sortKey", "sk");
  demand(
    "partitionKey",
    isAttributeName(partitionKey),
    "The partition key's name has 1–255 bytes, all of them printable.",
  );
  demand("sortKey", isAttributeName(sortKey), "The sort key's name has 1–255 bytes, all of them printable.");
  demand("sortKey", sortKey !== partitionKey, "The sort key and the partition key need different names.");
  const credentials = text("credentials", "webIdentity");
  demand(
    "credentials",
    credentials === "webIdentity" || credentials === "identityPool",
    "The credentials come by webIdentity or by identityPool.",
  );
  demand(
    "credentials",
    credentials === "webIdentity" || partition === "aws",
    `Identity pools of the partition ${partition} go by other names in IAM: take webIdentity there.`,
  );
  const identityPoolId =
    input.identityPoolId == null || input.identityPoolId === "" ? null : String(input.identityPoolId);
  if (identityPoolId !== null) {
    demand(
      "identityPoolId",
      credentials === "identityPool",
      "An identity pool is for the credentials identityPool only.",
    );
    demand(
      "identityPoolId",
      POOL_ID.exec(identityPoolId)?.[1] === region,
      `The identity pool's id is ${region}:<uuid>.`,
    );
  }
  return {
    issuer,
    clientId,
    bucket: checkBucket(text("bucket", `holdall-${account}`)),
    table,
    region,
    account,
    credentials: credentials as SetupSettings["credentials"],
    options: {
      partition,
      roleName,
      partitionKey,
      sortKey,
      noncurrentDays: integer("noncurrentDays", text("noncurrentDays", "30"), 1, 36_500),
      maxSessionSeconds: integer("maxSessionSeconds", text("maxSessionSeconds", "3600"), 900, 3600),
      kmsKeyArn,
      identityPoolId,
    },
  };
}

function demand(name: keyof SettingsInput, holds: boolean, message: string): void {
  if (!holds) throw new SettingsError(`setup/${name}`, message);
}

function integer(name: keyof SettingsInput, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  demand(name, value >= least && value <= most, `${name} must be a whole number from ${least} to ${most}.`);
  return value;
}

/** Control characters are none of a profile's; lone surrogates and noncharacters are no text. */
function isAttributeName(name: string): boolean {
  const bytes = new TextEncoder().encode(name).length;
  return bytes >= 1 && bytes <= 255 && !/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(name);
}

/** S3 User Guide, "General purpose bucket naming rules". Dots are legal but break TLS for `bucket.s3.…` hosts. */
function checkBucket(bucket: string): string {
  const refuse = (rule: string) => `The bucket name ${JSON.stringify(bucket)} ${rule}`;
  demand("bucket", bucket.length >= 3 && bucket.length <= 63, refuse("must have 3–63 characters."));
  demand("bucket", !bucket.includes("."), refuse("has a dot: S3's certificate does not cover such host names."));
  demand("bucket", /^[a-z0-9-]+$/.test(bucket), refuse("may have lower-case letters, digits and hyphens only."));
  demand("bucket", !/^-|-$/.test(bucket), refuse("must begin and end with a letter or digit."));
  const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(bucket);
  demand("bucket", !reserved, refuse("begins or ends with something that S3 keeps for itself."));
  return bucket;
}
