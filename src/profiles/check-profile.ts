import * as v from "valibot";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { roleArnForm } from "../shared/role-arn.ts";
import { baseUrl, isSecure } from "./base-url.ts";
import { migrateProfile, profileVersion } from "./migrate-profile.ts";

/** The reasons are read by the person who pasted the profile: each says what would be right. */
const one = (pattern: RegExp, reason: string) => v.pipe(v.string("must be a text"), v.regex(pattern, reason));

/** RFC 6749, appendix A.4: what a scope may be made of. */
const scope = one(/^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/, "must be a scope without spaces");
const endpoint = v.optional(
  v.pipe(
    v.string("must be a URL"),
    v.check(
      (text) => baseUrl(text) !== null,
      "must be a URL of scheme, host and port (a path may follow), such as https://s3.example.com",
    ),
  ),
);
const attributeName = one(/^[^\p{Cc}\p{Cs}]{1,255}$/u, "must be the name of an attribute, 1 to 255 characters");

const roleArn = one(roleArnForm, "must be a role's ARN such as arn:aws:iam::123456789012:role/holdall");
/** For people: what turns the line round, or is no character, is left out; it would dress one name up as another. */
const shortName = v.pipe(
  v.string("must be a text"),
  v.transform((text) => text.replace(/[\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")),
  v.regex(/^(?=.*[^\s\p{C}])[^\p{Cc}]{1,60}$/u, "must be 1 to 60 characters"),
);

const role = v.variant(
  "kind",
  [
    v.strictObject({ kind: v.literal("fixed"), arn: roleArn }),
    v.strictObject({
      kind: v.literal("list"),
      roles: v.pipe(
        v.array(v.strictObject({ arn: roleArn, name: shortName }, "must be an object"), "must be a list of roles"),
        v.minLength(1, "must name at least one role"),
        v.maxLength(100, "must be at most 100 roles: more come from a directory"),
        v.check((roles) => new Set(roles.map(({ arn }) => arn)).size === roles.length, "must not name a role twice"),
      ),
    }),
    v.strictObject({
      kind: v.literal("directory"),
      url: v.pipe(
        v.string("must be a URL"),
        v.check(
          (text) => baseUrl(text) !== null,
          "must be a URL without query, such as https://roles.example.com/mine",
        ),
      ),
      audience: one(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable ASCII characters without spaces"),
      parameter: v.optional(
        v.picklist(["resource", "audience", "none"], 'must be "resource", "audience" or "none"'),
        "resource",
      ),
    }),
  ],
  'must be an object whose kind is "fixed", "list" or "directory"',
);

const credentials = v.variant(
  "kind",
  [
    v.strictObject({
      kind: v.literal("webIdentity"),
      role,
      durationSeconds: v.optional(
        v.pipe(
          v.number("must be a number of seconds"),
          v.integer("must be whole seconds"),
          v.minValue(900, "must be 900 to 3600 seconds"),
          v.maxValue(3600, "must be 900 to 3600 seconds"),
        ),
        3600,
      ),
    }),
    v.strictObject({
      kind: v.literal("identityPool"),
      identityPoolId: one(
        /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
        "must be an identity pool's id such as eu-central-1:11111111-2222-3333-4444-555555555555",
      ),
    }),
  ],
  'must be an object whose kind is "webIdentity" or "identityPool"',
);

const schema = v.strictObject({
  holdall: v.literal(profileVersion, "must be 1 or 2"),
  name: shortName,
  colour: v.optional(one(/^#[\da-f]{6}$/i, "must be like #4f6bed"), "#4f6bed"),
  issuer: v.pipe(
    v.string("must be a URL"),
    v.check(
      (text) => baseUrl(text) !== null,
      "must be the provider's iss, a URL without query, such as https://login.example.com/",
    ),
  ),
  clientId: one(/^[\x20-\x7e]{1,255}$/, "must be 1 to 255 printable ASCII characters"),
  scopes: v.optional(
    v.pipe(
      v.array(scope, "must be a list of scopes"),
      v.maxLength(30, "must be at most 30 scopes"),
      v.includes("openid", "must contain openid"),
    ),
    ["openid", "email", "offline_access"],
  ),
  region: one(/^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/, "must be a region such as eu-central-1"),
  credentials,
  table: v.pipe(
    v.strictObject(
      {
        name: one(/^[\w.-]{3,255}$/, "must be the name of a table, 3 to 255 of letters, digits, _ . -"),
        partitionKey: attributeName,
        sortKey: attributeName,
      },
      "must be an object",
    ),
    v.forward(
      v.check(({ partitionKey, sortKey }) => partitionKey !== sortKey, "must differ from partitionKey"),
      ["sortKey"],
    ),
  ),
  bucket: v.strictObject(
    {
      name: one(
        // Directory buckets and outposts want other signatures and know no versions.
        /^(?!.*--(?:x|xa|op)-s3$)[a-z\d](?:[a-z\d.-]{1,61})[a-z\d]$/,
        "must be the name of a general purpose bucket, 3 to 63 of small letters, digits, . -",
      ),
      forcePathStyle: v.optional(v.boolean("must be true or false"), false),
      checksum: v.optional(v.picklist(["crc32", "none"], 'must be "crc32" or "none"'), "crc32"),
    },
    "must be an object",
  ),
  endpoints: v.optional(
    v.strictObject({ sts: endpoint, cognitoIdentity: endpoint, s3: endpoint, dynamodb: endpoint }, "must be an object"),
    {},
  ),
});

/**
 * A profile from data of unknown form, of an older version too, defaults filled in: colour, scopes `openid email offline_access`, 3,600 seconds,
 * `crc32`, no path style, AWS's own endpoints.
 * @throws HoldallError `profile-version` (a newer format), `profile-invalid` with path and reason, `issuer-insecure`
 */
export function checkProfile(value: unknown): Profile {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new HoldallError("profile-invalid", { subs: ["profile", "must be one JSON object"] });
  }
  if ("holdall" in value && typeof value.holdall === "number" && value.holdall > profileVersion) {
    throw new HoldallError("profile-version", { subs: [String(value.holdall)] });
  }
  const { migrated, writtenAs } = migrateProfile(value);
  const parsed = v.safeParse(schema, migrated, { abortPipeEarly: true });
  if (!parsed.success) throw invalid(parsed.issues[0], writtenAs);
  const profile = withoutUndefined(parsed.output);
  const { credentials: how, region } = profile;
  const directory = how.kind === "webIdentity" && how.role.kind === "directory" ? [how.role.url] : [];
  for (const url of [profile.issuer, ...directory, ...Object.values(profile.endpoints)]) {
    if (!isSecure(url)) throw new HoldallError("issuer-insecure", { subs: [url] });
  }
  if (how.kind === "identityPool" && !how.identityPoolId.startsWith(`${region}:`)) {
    throw new HoldallError("profile-invalid", {
      subs: ["credentials.identityPoolId", `must be of the profile's region, ${region}`],
    });
  }
  const { s3 } = profile.endpoints;
  if (s3 !== undefined && !profile.bucket.forcePathStyle && /^\[|^[\d.]+$/.test(new URL(s3).hostname)) {
    throw new HoldallError("profile-invalid", {
      subs: ["bucket.forcePathStyle", "must be true: an IP address has no names below it"],
    });
  }
  return profile;
}

/** @param writtenAs the path as the text that was given has it */
function invalid(issue: v.BaseIssue<unknown>, writtenAs: (path: string) => string): HoldallError {
  const reason =
    issue.type === "strict_object" && issue.expected === "never"
      ? "is not a field of a profile"
      : issue.input === undefined
        ? "is missing"
        : issue.message;
  return new HoldallError("profile-invalid", { subs: [writtenAs(v.getDotPath(issue) ?? "profile"), reason] });
}

/** valibot writes absent optional fields as undefined; the type (and a round trip through JSON) has them absent. */
function withoutUndefined(profile: v.InferOutput<typeof schema>): Profile {
  const { sts, cognitoIdentity, s3, dynamodb } = profile.endpoints;
  return {
    ...profile,
    endpoints: {
      ...(cognitoIdentity === undefined ? {} : { cognitoIdentity }),
      ...(sts === undefined ? {} : { sts }),
      ...(s3 === undefined ? {} : { s3 }),
      ...(dynamodb === undefined ? {} : { dynamodb }),
    },
  };
}
