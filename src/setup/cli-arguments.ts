import type { SettingsInput } from "./parse-settings.ts";
import { SettingsError } from "./settings-error.ts";

/** Each option of `npm run setup`, and the setting it fills. */
const OPTIONS: Record<string, keyof SettingsInput> = {
  "--issuer": "issuer",
  "--client-id": "clientId",
  "--bucket": "bucket",
  "--table": "table",
  "--region": "region",
  "--account": "account",
  "--partition": "partition",
  "--role-name": "roleName",
  "--partition-key": "partitionKey",
  "--sort-key": "sortKey",
  "--noncurrent-days": "noncurrentDays",
  "--session-seconds": "maxSessionSeconds",
  "--kms-key": "kmsKeyArn",
  "--credentials": "credentials",
  "--identity-pool-id": "identityPoolId",
};

export const USAGE = `Usage: npm run setup -- --issuer URL --client-id ID [options] --format json
Options: ${Object.keys(OPTIONS).join(" ")} --format`;

/**
 * Reads `--name value` and `--name=value`.
 *
 * @throws {SettingsError} `setup/arguments` for an unknown or repeated option, a missing value, or another format than `json`
 */
export function parseArguments(words: string[]): SettingsInput {
  const input: SettingsInput = {};
  const seen = new Set<string>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, inline] = /^(--[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) throw new SettingsError("setup/arguments", `${JSON.stringify(word)} is not an option.`);
    const setting = OPTIONS[name];
    if (setting === undefined && name !== "--format") {
      throw new SettingsError("setup/arguments", `There is no option ${name}.`);
    }
    if (seen.has(name)) throw new SettingsError("setup/arguments", `${name} is given twice.`);
    seen.add(name);
    const value = inline ?? rest.shift();
    if (value === undefined || (inline === undefined && value.startsWith("--"))) {
      throw new SettingsError("setup/arguments", `${name} needs a value.`);
    }
    if (setting !== undefined) input[setting] = setting === "credentials" ? camel(value) : value;
    else if (value !== "json") throw new SettingsError("setup/arguments", `The only format is json, not ${value}.`);
  }
  return input;
}

/** `identity-pool` → `identityPool`: options are written as the command line does. */
function camel(word: string): string {
  return word.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
