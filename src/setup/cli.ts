/**
 * `npm run setup -- --issuer URL --client-id ID --format json`: one JSON object on stdout, notes on stderr.
 * Exit code 2 for arguments that do not fit. Without `--account` the policies carry AWS's example account, and
 * `placeholders` says so.
 */
import { parseArguments, USAGE } from "./cli-arguments.ts";
import { PLACEHOLDER_ACCOUNT, parseSettings } from "./parse-settings.ts";
import { renderSetup } from "./render-setup.ts";
import { SettingsError } from "./settings-error.ts";
import { setupProfile } from "./setup-profile.ts";

function main(words: string[]): number {
  if (words.includes("--help")) {
    process.stderr.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const settings = parseSettings(parseArguments(words));
    const placeholders = settings.account === PLACEHOLDER_ACCOUNT ? ["account"] : [];
    if (placeholders.length > 0) {
      process.stderr.write(`Note: account ${PLACEHOLDER_ACCOUNT} is AWS's example. Give yours with --account.\n`);
    }
    const rendered = { ...renderSetup(settings), profile: setupProfile(settings), placeholders };
    process.stdout.write(`${JSON.stringify(rendered, null, 2)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message} (${error.code})\n${USAGE}\n`);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));
