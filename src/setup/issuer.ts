import type { SetupSettings } from "./settings.ts";

/**
 * The key that IAM uses for this provider: the token's `iss` without its scheme, byte for byte, so a path or a trailing
 * slash stays. (IAM User Guide, "Available keys for AWS OIDC federation".)
 */
export function issuerPrefix(issuer: string): string {
  return issuer.replace(/^https?:\/\//, "");
}

/** ARN of the IAM OpenID Connect provider that setup creates for `settings.issuer`. */
export function providerArn(settings: SetupSettings): string {
  return `arn:${settings.options.partition}:iam::${settings.account}:oidc-provider/${issuerPrefix(settings.issuer)}`;
}

/** ARN of the role that a signed-in person assumes. */
export function roleArn(settings: SetupSettings): string {
  return `arn:${settings.options.partition}:iam::${settings.account}:role/${settings.options.roleName}`;
}

/** True for `127.0.0.0/8`, `[::1]` and `localhost`: the only hosts that may speak plain HTTP. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
