import { isLoopbackHost } from "./issuer.ts";
import { SettingsError } from "./settings-error.ts";

/**
 * Checks that IAM can hold this issuer as a provider: `https:`, no port, no query, no fragment; `http:` and a port on
 * loopback only. (IAM API, `CreateOpenIDConnectProvider`.) The value stays as it is, byte for byte.
 *
 * @throws {SettingsError} `setup/issuer`
 */
export function checkIssuer(issuer: string): string {
  const refuse = (reason: string) =>
    new SettingsError("setup/issuer", `The issuer ${JSON.stringify(issuer)} ${reason}`);
  if (issuer === "") throw new SettingsError("setup/issuer", "The issuer is missing: give the provider's URL.");
  // IAM would read some of these as a pattern or a variable where the issuer stands in a condition key.
  if (/[^\x21-\x7e]|[*?$#{}"\\]/.test(issuer)) throw refuse("contains a character that an issuer cannot have.");
  if (issuer.length > 255) throw refuse("is longer than 255 characters.");
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (url === null) throw refuse("is not a URL, for example https://login.example.com/.");
  const loopback = isLoopbackHost(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    throw refuse("must start with https:// (http:// is for loopback only).");
  }
  if (url.username !== "" || url.password !== "") throw refuse("must not contain a user name or password.");
  if (!loopback && url.port !== "") throw refuse("must not name a port: IAM accepts none.");
  return issuer;
}
