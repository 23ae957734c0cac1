import type { PolicyDocument, PolicyStatement } from "./policy-document.ts";

export type SiteVerb = "read" | "write" | "delete";

export interface SitePolicyInput {
  /** Who AWS says the person is. */
  identity: string;
  /** The site's name in keys: one segment, without `/`. */
  site: string;
  /** What the site may do, within its own area unless the next two say otherwise. */
  files: readonly SiteVerb[];
  items: readonly SiteVerb[];
  /** Another path in the person's folder, which ends with a slash. */
  folder?: string | null;
  /** The person's own partition, whole: IAM cannot divide it. */
  ownItems?: boolean;
  partition: string;
  region: string;
  /** Twelve digits, or `*` where the profile does not tell. The role's own policy names the table in any case. */
  account: string;
  bucket: string;
  table: string;
}

/** Characters that STS takes. (AssumeRoleWithWebIdentity, `Policy`.) */
export const SESSION_POLICY_LIMIT = 2048;

const itemActions: Record<SiteVerb, string[]> = {
  read: ["GetItem", "BatchGetItem", "Query", "ConditionCheckItem"],
  write: ["PutItem", "UpdateItem"],
  delete: ["DeleteItem"],
};

/** No version is read or deleted by a site, and no tag. */
const objectActions: Record<SiteVerb, string[]> = {
  read: ["GetObject"],
  write: ["PutObject", "AbortMultipartUpload", "ListMultipartUploadParts"],
  delete: ["DeleteObject"],
};

export interface SiteArea {
  /** What the keys of its objects begin with. */
  folder: string;
  /** The partition key of its items. */
  partition: string;
}

/** A site's own area: what its objects' keys begin with, and the partition key of its items. */
export function siteArea(identity: string, site: string): SiteArea {
  return { folder: `${identity}/apps/${site}/`, partition: `${identity}#app#${site}` };
}

/** The same with what the person granted beyond it. */
export function grantedArea({
  identity,
  site,
  folder = null,
  ownItems = false,
}: Pick<SitePolicyInput, "identity" | "site" | "folder" | "ownItems">): SiteArea {
  const own = siteArea(identity, site);
  return {
    folder: folder === null ? own.folder : `${identity}/${folder}`,
    partition: ownItems ? identity : own.partition,
  };
}

/**
 * The session policy of a connected site: it narrows the role's policy to what was granted to the site, in its own area or beyond it.
 * The identity is written out, since nothing else may stand for it; it is escaped, so that it matches itself alone.
 * @returns JSON of characters up to U+00FF; null when it is longer than STS takes
 */
export function sitePolicy(grant: SitePolicyInput): string | null {
  const { partition, region, account, bucket, table } = grant;
  const area = grantedArea({
    ...grant,
    identity: literal(grant.identity),
    site: literal(grant.site),
    folder: typeof grant.folder === "string" ? literal(grant.folder) : null,
  });
  const arn = `arn:${partition}:s3:::${bucket}`;
  const Statement: PolicyStatement[] = [];
  if (grant.items.length > 0) {
    Statement.push({
      Sid: "SiteItems",
      Effect: "Allow",
      Action: grant.items.flatMap((verb) => itemActions[verb]).map((action) => `dynamodb:${action}`),
      Resource: `arn:${partition}:dynamodb:${region}:${account}:table/${table}`,
      // `Null` as in the role's policy; `StringLike`, since that is where `${*}` is known to stand for a star.
      Condition: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [area.partition] },
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    });
  }
  if (grant.files.length > 0) {
    Statement.push({
      Sid: "SiteObjects",
      Effect: "Allow",
      Action: grant.files.flatMap((verb) => objectActions[verb]).map((action) => `s3:${action}`),
      Resource: `${arn}/${area.folder}*`,
    });
  }
  if (grant.files.includes("read")) {
    Statement.push({
      Sid: "SiteList",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: arn,
      Condition: { StringLike: { "s3:prefix": [`${area.folder}*`] } },
    });
  }
  const policy: PolicyDocument = { Version: "2012-10-17", Statement };
  const text = ascii(JSON.stringify(policy));
  return text.length <= SESSION_POLICY_LIMIT ? text : null;
}

/** A text that a policy takes literally. (IAM User Guide, "Policy variables", special characters.) */
function literal(text: string): string {
  return text.replace(/[*?$]/g, (mark) => `\${${mark}}`);
}

/** STS's `Policy` takes tab, line feed, carriage return and U+0020 to U+00FF; JSON may write all else as `\u`. */
function ascii(json: string): string {
  return json.replace(/[^\u0020-\u00ff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
