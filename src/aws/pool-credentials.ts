import type { RoleCredentials } from "../shared/credentials.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { clockOffsetOf } from "./clock-offset.ts";
import { hostOf } from "./host-of.ts";
import { checkIdentity } from "./keys.ts";
import { pause } from "./pause.ts";
import { mapPoolAnswer } from "./pool-error.ts";

export interface PoolCredentialsInput {
  profile: Profile;
  idToken: string;
  /** The identity that was told before; null: GetId is asked first. */
  identityId: string | null;
  signal: AbortSignal;
  fetch: typeof fetch;
}

/** Milliseconds for one request. */
const limit = 8000;
/** Milliseconds before the second and third attempt. */
const pauses = [500, 2000];

const retried: ReadonlySet<string> = new Set(["pool-unreachable", "throttled", "issuer-unreachable"]);

interface Answer {
  json: Record<string, unknown>;
  clockOffset: number;
}

/**
 * Exchanges an ID token for credentials of an Amazon Cognito identity pool, enhanced flow: two calls that nobody signs.
 * https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html
 * @returns the credentials and the identity that came with them, which after a merge is another than was asked for
 * @throws HoldallError `pool-missing`, `pool-misconfigured`, `token-refused`, `pool-unreachable`, `issuer-unreachable`,
 *   `throttled`, `identity-refused`, `not-aws`, `offline`, `cancelled`, `service-refused`
 */
export async function poolCredentials(
  input: PoolCredentialsInput,
): Promise<{ credentials: RoleCredentials; identity: string }> {
  const { profile, idToken, identityId } = input;
  const { credentials } = profile;
  if (credentials.kind !== "identityPool") throw new TypeError("not a profile of an identity pool");
  const host = hostOf("cognitoIdentity", profile);
  // The name that pools have for a provider. (IAM writes it the same way.)
  const Logins = { [profile.issuer.replace(/^https?:\/\//, "")]: idToken };
  let asked = identityId;
  if (asked === null) {
    const { json } = await call("GetId", { IdentityPoolId: credentials.identityPoolId, Logins }, host, input);
    asked = textOf(json, "IdentityId", host);
  }
  const { json, clockOffset } = await call("GetCredentialsForIdentity", { IdentityId: asked, Logins }, host, input);
  const identity = textOf(json, "IdentityId", host);
  checkIdentity(identity);
  return { identity, credentials: readCredentials(json.Credentials, clockOffset, host) };
}

async function call(operation: string, body: object, host: string, input: PoolCredentialsInput): Promise<Answer> {
  for (const wait of [...pauses, null]) {
    try {
      return await ask(operation, body, host, input);
    } catch (error) {
      if (wait === null || !(error instanceof HoldallError) || !retried.has(error.code)) throw error;
      await pause(wait * (0.5 + Math.random()), input.signal);
    }
  }
  throw new HoldallError("pool-unreachable", { subs: [host] });
}

async function ask(operation: string, body: object, host: string, input: PoolCredentialsInput): Promise<Answer> {
  const { profile, signal, fetch } = input;
  const url = profile.endpoints.cognitoIdentity ?? `https://${host}/`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityService.${operation}`,
      },
      body: JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      // A redirect would carry the token to wherever it leads.
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]),
    });
    text = await response.text();
  } catch (cause) {
    if (cause instanceof HoldallError) throw cause;
    if (signal.aborted) throw new HoldallError("cancelled", {}, { cause });
    const offline = typeof navigator !== "undefined" && navigator.onLine === false;
    throw new HoldallError(offline ? "offline" : "pool-unreachable", { subs: [host] }, { cause });
  }
  const json = parse(text);
  if (!response.ok || json === null) throw mapPoolAnswer(response, json, { profile, host });
  return { json, clockOffset: clockOffsetOf(response.headers.get("date")) };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function textOf(json: Record<string, unknown>, name: string, host: string): string {
  const value = json[name];
  if (typeof value !== "string" || value === "")
    throw new HoldallError("not-aws", { subs: [host], service: "cognito" });
  return value;
}

function readCredentials(value: unknown, clockOffset: number, host: string): RoleCredentials {
  const given = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const seconds = given.Expiration;
  // Past what a Date can hold it would be no time, and compare as none.
  if (typeof seconds !== "number" || Math.abs(seconds) > 8.64e12)
    throw new HoldallError("not-aws", { subs: [host], service: "cognito" });
  return {
    accessKeyId: textOf(given, "AccessKeyId", host),
    secretAccessKey: textOf(given, "SecretKey", host),
    sessionToken: textOf(given, "SessionToken", host),
    expiresAt: seconds * 1000 - clockOffset,
    ...(clockOffset !== 0 && { clockOffset }),
  };
}
