import { cognitoError } from "./errors.ts";

export interface CognitoInput {
  /** Of GetId. */
  IdentityPoolId: string | null;
  /** Of GetCredentialsForIdentity. */
  IdentityId: string | null;
  /** Provider name → token. */
  Logins: Record<string, string>;
  CustomRoleArn: string | null;
}

/** The API's own limits: a pool's id and an identity's have the same form. */
const ID_PATTERN = /^[\w-]+:[0-9a-f-]+$/;
const ID_LENGTH = 55;
const LOGINS = 10;
const PROVIDER_LENGTH = 128;
const TOKEN_LENGTH = 50_000;

/**
 * Reads the JSON of a request; what it does not name is null.
 *
 * @throws {AwsError} `SerializationException`, `ValidationException`
 */
export function readInput(text: string): CognitoInput {
  const json = parse(text);
  return {
    IdentityPoolId: readId(json, "IdentityPoolId"),
    IdentityId: readId(json, "IdentityId"),
    Logins: readLogins(json.Logins ?? {}),
    CustomRoleArn: readText(json, "CustomRoleArn"),
  };
}

/** @throws {AwsError} `ValidationException` when it is null */
export function required(input: CognitoInput, name: "IdentityPoolId" | "IdentityId"): string {
  const value = input[name];
  if (value === null) throw validation(`Value null at '${memberName(name)}'`, "Member must not be null");
  return value;
}

function parse(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw cognitoError("SerializationException", "Start of structure or map found where not expected.");
}

function readText(json: Record<string, unknown>, name: string): string | null {
  const value = json[name] ?? null;
  if (value === null || typeof value === "string") return value;
  throw cognitoError("SerializationException", `${typeof value} cannot be converted to an instance of String`);
}

function readId(json: Record<string, unknown>, name: string): string | null {
  const value = readText(json, name);
  if (value === null) return null;
  const shown = `Value '${value}' at '${memberName(name)}'`;
  if (value.length > ID_LENGTH) throw validation(shown, `Member must have length less than or equal to ${ID_LENGTH}`);
  if (!ID_PATTERN.test(value)) {
    throw validation(shown, "Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+");
  }
  return value;
}

/** A token is never repeated in an error. */
function readLogins(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw cognitoError("SerializationException", "Expected a map for Logins");
  }
  const logins = Object.entries(value);
  if (logins.length > LOGINS) {
    throw validation("Value at 'logins'", `Map must have length less than or equal to ${LOGINS}`);
  }
  for (const [provider, token] of logins) {
    if (typeof token !== "string") throw cognitoError("SerializationException", "A login's token must be a String");
    const fits = provider.length >= 1 && provider.length <= PROVIDER_LENGTH;
    if (!fits || token.length < 1 || token.length > TOKEN_LENGTH) {
      throw validation("Value at 'logins'", "Map keys and values must satisfy constraint: length");
    }
  }
  return Object.fromEntries(logins);
}

const memberName = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

function validation(what: string, constraint: string) {
  const message = `1 validation error detected: ${what} failed to satisfy constraint: ${constraint}`;
  return cognitoError("ValidationException", message);
}
