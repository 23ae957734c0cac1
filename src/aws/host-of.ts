import type { Profile } from "../shared/profile.ts";

/** The host of a service's endpoint, for the texts of errors. The bucket's name in front of S3's host is left out. */
export function hostOf(service: "sts" | "cognitoIdentity" | "s3" | "dynamodb", profile: Profile): string {
  const endpoint = profile.endpoints[service];
  if (endpoint !== undefined && URL.canParse(endpoint)) return new URL(endpoint).host;
  const name = service === "cognitoIdentity" ? "cognito-identity" : service;
  return `${name}.${profile.region}.amazonaws.com${profile.region.startsWith("cn-") ? ".cn" : ""}`;
}
