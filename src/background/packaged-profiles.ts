import { extensionUrl } from "../platform/pages.ts";

/** What /profiles.json of the package holds: a list of profiles, empty in a release. */
export async function packagedProfiles(): Promise<unknown> {
  return await (await fetch(extensionUrl("/profiles.json"))).json();
}
