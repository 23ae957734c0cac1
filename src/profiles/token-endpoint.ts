import type { Profile } from "../shared/profile.ts";

/** The base URL that gets the ID token where the profile names one; undefined for AWS's own. */
export function tokenEndpoint({ credentials, endpoints }: Profile): string | undefined {
  return credentials.kind === "identityPool" ? endpoints.cognitoIdentity : endpoints.sts;
}
