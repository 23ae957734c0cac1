/**
 * `npm run setup -- --issuer URL --client-id ID --format cloudformation|terraform|json`: a template or one JSON object on
 * stdout, notes on stderr. Exit code 2 for arguments that do not fit. Without `--account` the JSON's policies carry AWS's
 * example account, and `placeholders` says so; the templates take the account that they are applied in.
 */
import { HELP, parseArguments, type SetupArguments, USAGE } from "./cli-arguments.ts";
import { renderCloudFormation } from "./cloudformation/render-cloudformation.ts";
import { isAnyAccount, PLACEHOLDER_ACCOUNT, parseSettings } from "./parse-settings.ts";
import { type ProfileLook, profileLook } from "./profile-look.ts";
import { renderSetup } from "./render-setup.ts";
import type { SetupSettings } from "./settings.ts";
import { SettingsError } from "./settings-error.ts";
import { setupProfile } from "./setup-profile.ts";
import { renderTerraform } from "./terraform/render-terraform.ts";

const RENDER: Record<SetupArguments["format"], (settings: SetupSettings, look: ProfileLook) => string> = {
  cloudformation: renderCloudFormation,
  terraform: renderTerraform,
  json: renderJson,
};

function renderJson(settings: SetupSettings, look: ProfileLook): string {
  const placeholders: string[] = [];
  if (isAnyAccount(settings)) {
    placeholders.push("account");
    process.stderr.write(`Note: account ${PLACEHOLDER_ACCOUNT} is AWS's example. Give yours with --account.\n`);
  }
  if (settings.credentials === "identityPool" && settings.options.identityPoolId === null) {
    placeholders.push("identityPoolId");
    process.stderr.write("Note: the identity pool's id is made up. Give AWS's with --identity-pool-id.\n");
  }
  const rendered = { ...renderSetup(settings), profile: setupProfile(settings, look), placeholders };
  return `${JSON.stringify(rendered, null, 2)}\n`;
}

function main(words: string[]): number {
  if (words.includes("--help") || words.includes("-h")) {
    process.stderr.write(`${HELP}\n`);
    return 0;
  }
  try {
    const { input, format, name, colour } = parseArguments(words);
    const settings = parseSettings(input);
    process.stdout.write(RENDER[format](settings, profileLook(settings, { name, colour })));
    return 0;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message} (${error.code})\n${USAGE}\n`);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));
