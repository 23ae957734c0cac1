import type { Parsed, TerraformFile } from "./read-terraform.ts";

/**
 * Arguments of the provider's resources that setup's file uses, written out of the provider's documentation
 * (registry.terraform.io/providers/hashicorp/aws/latest/docs/resources), version 6. Of each resource only what the file may need:
 * an argument that is not here has to be looked up and added before it can be used. A block is an object of its own arguments;
 * what ends in `!` has to be there.
 */
interface Arguments {
  [name: string]: "value" | Arguments;
}

const BUCKET = { "bucket!": "value", depends_on: "value" } as const;

const RESOURCES: Record<string, Arguments> = {
  aws_iam_openid_connect_provider: {
    count: "value",
    "url!": "value",
    "client_id_list!": "value",
    thumbprint_list: "value",
  },
  aws_iam_role: {
    name: "value",
    description: "value",
    max_session_duration: "value",
    "assume_role_policy!": "value",
  },
  aws_iam_role_policy: { name: "value", "role!": "value", "policy!": "value" },
  aws_s3_bucket: { bucket: "value", lifecycle: { prevent_destroy: "value" } },
  aws_s3_bucket_public_access_block: {
    ...BUCKET,
    block_public_acls: "value",
    ignore_public_acls: "value",
    block_public_policy: "value",
    restrict_public_buckets: "value",
  },
  aws_s3_bucket_ownership_controls: { ...BUCKET, "rule!": { "object_ownership!": "value" } },
  aws_s3_bucket_policy: { ...BUCKET, "policy!": "value" },
  aws_s3_bucket_versioning: { ...BUCKET, "versioning_configuration!": { "status!": "value" } },
  aws_s3_bucket_lifecycle_configuration: {
    ...BUCKET,
    rule: {
      "id!": "value",
      "status!": "value",
      filter: { prefix: "value" },
      noncurrent_version_expiration: { "noncurrent_days!": "value", newer_noncurrent_versions: "value" },
      expiration: { expired_object_delete_marker: "value" },
      abort_incomplete_multipart_upload: { days_after_initiation: "value" },
    },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    ...BUCKET,
    "rule!": {
      bucket_key_enabled: "value",
      apply_server_side_encryption_by_default: { "sse_algorithm!": "value", kms_master_key_id: "value" },
    },
  },
  aws_dynamodb_table: {
    "name!": "value",
    billing_mode: "value",
    hash_key: "value",
    range_key: "value",
    deletion_protection_enabled: "value",
    attribute: { "name!": "value", "type!": "value" },
    point_in_time_recovery: { "enabled!": "value" },
    lifecycle: { prevent_destroy: "value" },
  },
  aws_dynamodb_table_item: { "table_name!": "value", "hash_key!": "value", range_key: "value", "item!": "value" },
  aws_s3_object: {
    ...BUCKET,
    "key!": "value",
    content: "value",
    content_type: "value",
  },
  aws_cognito_identity_pool: {
    "identity_pool_name!": "value",
    allow_unauthenticated_identities: "value",
    allow_classic_flow: "value",
    openid_connect_provider_arns: "value",
    cognito_identity_providers: { provider_name: "value", client_id: "value", server_side_token_check: "value" },
    depends_on: "value",
  },
  aws_cognito_identity_pool_roles_attachment: { "identity_pool_id!": "value", "roles!": "value" },
};

/** Attributes that others may refer to. */
const ATTRIBUTES = ["id", "arn", "name", "hash_key", "range_key"];

/** Everything about the resources that the provider would refuse, or that is not known here: one line each. */
export function checkResources(file: TerraformFile): string[] {
  const problems: string[] = [];
  for (const [type, byName] of Object.entries(file.resource)) {
    const known = RESOURCES[type];
    if (known === undefined) problems.push(`no resource ${type}`);
    else for (const [one] of Object.values(byName)) problems.push(...argumentProblems(one ?? {}, known, type));
  }
  return [...problems, ...referencesOf(file).filter((name) => !leadsSomewhere(name, file))];
}

function argumentProblems(given: Parsed, known: Arguments, path: string): string[] {
  const named = new Map(Object.entries(known).map(([name, inner]) => [name.replace("!", ""), inner]));
  const missing = Object.keys(known).filter((name) => name.endsWith("!") && !Object.hasOwn(given, name.slice(0, -1)));
  return [
    ...missing.map((name) => `${path}: ${name.slice(0, -1)} is missing`),
    ...Object.entries(given).flatMap(([name, value]) => {
      const inner = named.get(name);
      if (inner === undefined) return [`${path}: no argument ${name}`];
      if (inner === "value") return [];
      return (value as Parsed[]).flatMap((one) => argumentProblems(one, inner, `${path}.${name}`));
    }),
  ];
}

/** What stands in expressions as a reference: IAM's variables are `$${…}`, and texts have no such names. */
function referencesOf(file: TerraformFile): string[] {
  const text = JSON.stringify(file).replaceAll("$${", "");
  const found = text.match(/(?<![\w.:/])(?:local|var|data\.\w+|aws_\w+)\.\w+(?:\.\w+)?/g) ?? [];
  return [...new Set(found)];
}

function leadsSomewhere(name: string, file: TerraformFile): boolean {
  const [type = "", one = "", attribute] = name.split(".");
  if (type === "local") return one === "account";
  if (type === "var") return file.variable !== undefined && Object.hasOwn(file.variable, one);
  if (type === "data") return name === "data.aws_caller_identity.current.account_id";
  const known = attribute === undefined || ATTRIBUTES.includes(attribute);
  return known && file.resource[type]?.[one] !== undefined;
}
