import { type RenderedSetup, renderSetup } from "./render-setup.ts";
import type { SetupSettings } from "./settings.ts";
import { SettingsError } from "./settings-error.ts";

/**
 * Stand in rendered texts for what is known only where a template is applied. Unicode keeps these characters for a
 * program's own use, and settings hold none of them, so that nothing a person typed is taken for one: a client id may well
 * contain the twelve digits of an account.
 */
export const UNKNOWN = { account: "\ufdd0", region: "\ufdd1", identityPool: "\ufdd2" } as const;

export type Unknown = keyof typeof UNKNOWN;

/**
 * What setup renders, with marks for all of `unknown`.
 *
 * @throws {SettingsError} `setup/identityPoolId` when an id is given: a template makes the pool itself
 */
export function renderWithUnknowns(settings: SetupSettings, unknown: readonly Unknown[]): RenderedSetup {
  const { account, region, bucket, options } = settings;
  if (options.identityPoolId !== null) {
    throw new SettingsError("setup/identityPoolId", "A template makes the identity pool itself: leave its id out.");
  }
  const marked = (name: Unknown, value: string) => (unknown.includes(name) ? UNKNOWN[name] : value);
  return renderSetup({
    ...settings,
    account: marked("account", account),
    region: marked("region", region),
    // The default name follows the account.
    bucket: bucket === `holdall-${account}` ? `holdall-${marked("account", account)}` : bucket,
    options: {
      ...options,
      identityPoolId: settings.credentials === "identityPool" ? UNKNOWN.identityPool : null,
    },
  });
}

/** Cuts a text at its marks: `["arn:aws:iam::", { unknown: "account" }, ":role/x"]`. Without a mark the text alone. */
export function cutAtUnknowns(text: string): (string | { unknown: Unknown })[] {
  return text
    .split(/([\ufdd0-\ufdd2])/)
    .filter((part) => part !== "")
    .map((part) => {
      const found = (Object.keys(UNKNOWN) as Unknown[]).find((name) => UNKNOWN[name] === part);
      return found === undefined ? part : { unknown: found };
    });
}
