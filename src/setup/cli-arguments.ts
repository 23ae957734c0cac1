import type { SettingsInput } from "./parse-settings.ts";
import { SettingsError } from "./settings-error.ts";

/** Each option of `npm run setup` that is a setting, and what it is. */
const SETTINGS: Record<string, [setting: keyof SettingsInput, help: string]> = {
  "--issuer": ["issuer", "the provider's URL, as its tokens have it in iss"],
  "--client-id": ["clientId", "the application's id at the provider"],
  "--credentials": ["credentials", "web-identity (STS, the default) or identity-pool (Amazon Cognito)"],
  "--region": ["region", "AWS region, eu-central-1 without; a CloudFormation stack takes its own"],
  "--account": ["account", "AWS account, twelve digits; the templates find it by themselves"],
  "--bucket": ["bucket", "name of the bucket to make; holdall-<account> without"],
  "--table": ["table", "name of the table to make; holdall without"],
  "--partition-key": ["partitionKey", "the table's partition key; pk without"],
  "--sort-key": ["sortKey", "the table's sort key; sk without"],
  "--role-name": ["roleName", "name of the role to make; holdall-person without"],
  "--session-seconds": ["maxSessionSeconds", "how long a session lasts, 900 to 3600"],
  "--noncurrent-days": ["noncurrentDays", "days until an old version of a file ends; 30 without"],
  "--kms-key": ["kmsKeyArn", "ARN of a KMS key to encrypt files with; S3's own keys without"],
  "--identity-pool-id": ["identityPoolId", "for json only: the identity pool, when it is there already"],
  "--partition": ["partition", "follows from the region; aws, aws-cn or aws-us-gov"],
};

const OTHERS: Record<string, [field: "format" | "name" | "colour", help: string]> = {
  "--name": ["name", "what people see as the profile's name; the table's name without"],
  "--colour": ["colour", "the profile's colour, such as #3b5bdb"],
  "--format": ["format", "cloudformation, terraform or json (the default)"],
};

const FORMATS = ["json", "cloudformation", "terraform"] as const;

export const USAGE = "Usage: npm run setup -- --issuer URL --client-id ID [options]  (--help lists them)";

export const HELP = `Usage: npm run setup -- --issuer URL --client-id ID [options]

Prints what makes a bucket, a table and the rights to them: a CloudFormation template, a Terraform file, or AWS's own settings
as JSON. The stack's output Profile (Terraform: profile) is what people import into Holdall.

${Object.entries({ ...SETTINGS, ...OTHERS })
  .map(([name, [, help]]) => `  ${name.padEnd(20)}${help}`)
  .join("\n")}

  npm run setup -- --issuer https://login.example.com/ --client-id abc --format cloudformation > holdall.json
  aws cloudformation deploy --stack-name holdall --template-file holdall.json --capabilities CAPABILITY_NAMED_IAM
  aws cloudformation describe-stacks --stack-name holdall`;

export interface SetupArguments {
  input: SettingsInput;
  format: (typeof FORMATS)[number];
  name?: string;
  colour?: string;
}

/**
 * Reads `--name value` and `--name=value`.
 *
 * @throws {SettingsError} `setup/arguments` for an unknown or repeated option, a missing value, or an unknown format
 */
export function parseArguments(words: string[]): SetupArguments {
  const parsed: SetupArguments = { input: {}, format: "json" };
  const seen = new Set<string>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, inline] = /^(--[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) throw new SettingsError("setup/arguments", `${JSON.stringify(word)} is not an option.`);
    const [setting] = Object.hasOwn(SETTINGS, name) ? (SETTINGS[name] ?? []) : [];
    const [other] = Object.hasOwn(OTHERS, name) ? (OTHERS[name] ?? []) : [];
    if (setting === undefined && other === undefined) {
      throw new SettingsError("setup/arguments", `There is no option ${name}.`);
    }
    if (seen.has(name)) throw new SettingsError("setup/arguments", `${name} is given twice.`);
    seen.add(name);
    const value = inline ?? rest.shift();
    if (value === undefined || (inline === undefined && value.startsWith("--"))) {
      throw new SettingsError("setup/arguments", `${name} needs a value.`);
    }
    if (setting !== undefined) parsed.input[setting] = setting === "credentials" ? camel(value) : value;
    else if (other === "format") parsed.format = readFormat(value);
    else if (other !== undefined) parsed[other] = value;
  }
  return parsed;
}

function readFormat(text: string): SetupArguments["format"] {
  const format = FORMATS.find((one) => one === text);
  if (format !== undefined) return format;
  throw new SettingsError("setup/arguments", `The formats are ${FORMATS.join(", ")}; ${text} is none of them.`);
}

/** `identity-pool` → `identityPool`: options are written as the command line does. */
function camel(word: string): string {
  return word.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
