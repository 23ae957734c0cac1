import * as v from "valibot";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { baseUrl, isSecure } from "./base-url.ts";

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
const attributeName = one(/^[^\p{Cc}]{1,255}$/u, "must be the name of an attribute, 1 to 255 characters");

const schema = v.strictObject({
  holdall: v.literal(1, "must be 1"),
  name: one(/^(?=.*\S)[^\p{Cc}]{1,60}$/u, "must be 1 to 60 characters"),
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
  credentials: v.strictObject(
    {
      kind: v.literal("webIdentity", 'must be "webIdentity"'),
      roleArn: one(
        /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
        "must be a role's ARN such as arn:aws:iam::123456789012:role/holdall",
      ),
      durationSeconds: v.optional(
        v.pipe(
          v.number("must be a number of seconds"),
          v.integer("must be whole seconds"),
          v.minValue(900, "must be 900 to 3600 seconds"),
          v.maxValue(3600, "must be 900 to 3600 seconds"),
        ),
        3600,
      ),
    },
    "must be an object",
  ),
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
  endpoints: v.optional(v.strictObject({ sts: endpoint, s3: endpoint, dynamodb: endpoint }, "must be an object"), {}),
});

/**
 * A profile from data of unknown form, defaults filled in: colour, scopes `openid email offline_access`, 3,600 seconds,
 * `crc32`, no path style, AWS's own endpoints.
 * @throws HoldallError `profile-version` (a newer format), `profile-invalid` with path and reason, `issuer-insecure`
 */
export function checkProfile(value: unknown): Profile {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new HoldallError("profile-invalid", { subs: ["profile", "must be one JSON object"] });
  }
  if ("holdall" in value && typeof value.holdall === "number" && value.holdall > 1) {
    throw new HoldallError("profile-version", { subs: [String(value.holdall)] });
  }
  const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
  if (!parsed.success) throw invalid(parsed.issues[0]);
  const profile = withoutUndefined(parsed.output);
  for (const url of [profile.issuer, ...Object.values(profile.endpoints)]) {
    if (!isSecure(url)) throw new HoldallError("issuer-insecure", { subs: [url] });
  }
  const { s3 } = profile.endpoints;
  if (s3 !== undefined && !profile.bucket.forcePathStyle && /^\[|^[\d.]+$/.test(new URL(s3).hostname)) {
    throw new HoldallError("profile-invalid", {
      subs: ["bucket.forcePathStyle", "must be true: an IP address has no names below it"],
    });
  }
  return profile;
}

function invalid(issue: v.BaseIssue<unknown>): HoldallError {
  const reason =
    issue.type === "strict_object" && issue.expected === "never"
      ? "is not a field of a profile"
      : issue.input === undefined
        ? "is missing"
        : issue.message;
  return new HoldallError("profile-invalid", { subs: [v.getDotPath(issue) ?? "profile", reason] });
}

/** valibot writes absent optional fields as undefined; the type (and a round trip through JSON) has them absent. */
function withoutUndefined(profile: v.InferOutput<typeof schema>): Profile {
  const { sts, s3, dynamodb } = profile.endpoints;
  return {
    ...profile,
    endpoints: {
      ...(sts === undefined ? {} : { sts }),
      ...(s3 === undefined ? {} : { s3 }),
      ...(dynamodb === undefined ? {} : { dynamodb }),
    },
  };
}
