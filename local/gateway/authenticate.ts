import type { ServerClock } from "../control/server-clock.ts";
import type { Session, Sessions } from "../sts/sessions.ts";
import { canonicalRequest } from "./canonical-request.ts";
import type { RequestTarget } from "./request-target.ts";
import { type SignatureFault, signatureError, WINDOW_MS } from "./signature-errors.ts";
import type { SignatureParts, SignedRequest } from "./signature-parts.ts";
import { type Scope, sameSignature, signature, signingKey, stringToSign } from "./signing.ts";

export interface AuthenticationRules {
  service: "s3" | "dynamodb";
  region: string;
  sessions: Pick<Sessions, "find" | "isExpired">;
  clock: Pick<ServerClock, "now">;
}

/** Who asked, and what is needed to check a body that is signed chunk by chunk. */
export interface Authenticated {
  session: Session;
  signingKey: Buffer;
  seedSignature: string;
  amzDate: string;
  scope: Scope;
}

/**
 * Checks a request's signature, its time and its session.
 *
 * @param parts what the request says about its signature
 * @param payloadHash what stands in the canonical request's last line
 * @throws {AwsError} the service's own code for each {@link SignatureFault}
 */
export function authenticate(
  rules: AuthenticationRules,
  request: SignedRequest,
  target: RequestTarget,
  parts: SignatureParts,
  payloadHash: string,
): Authenticated {
  const refuse = (fault: SignatureFault) => signatureError(rules.service, fault);
  const { scope, amzDate } = parts;
  const presigned = parts.expires !== null;
  const session = rules.sessions.find(parts.accessKeyId);
  if (session === undefined) throw refuse({ kind: "unknownKey" });
  if (scope.service !== rules.service) {
    throw refuse({ kind: "wrongService", service: scope.service, expected: rules.service, presigned });
  }
  if (scope.region !== rules.region) {
    throw refuse({ kind: "wrongRegion", region: scope.region, expected: rules.region, presigned });
  }
  if (!amzDate.startsWith(scope.date)) throw refuse({ kind: "wrongDate" });
  const headers = joinedHeaders(request);
  if (!coversWhatCounts(headers, parts.signedHeaders)) throw refuse({ kind: "unsignedHeaders" });
  const canonical = canonicalRequest({
    method: request.method ?? "GET",
    rawPath: target.rawPath,
    pairs: presigned ? target.pairs.filter(([name]) => name !== "X-Amz-Signature") : target.pairs,
    headers,
    signedHeaders: parts.signedHeaders,
    payloadHash,
    encodePathTwice: rules.service !== "s3",
  });
  const text = stringToSign(amzDate, scope, canonical);
  const key = signingKey(session.secretAccessKey, scope);
  if (!sameSignature(signature(key, text), parts.signature)) {
    throw refuse({ kind: "mismatch", stringToSign: text, signature: parts.signature, accessKeyId: parts.accessKeyId });
  }
  checkTime(rules, parts, refuse);
  if (!sameSignature(session.sessionToken, parts.sessionToken ?? "")) throw refuse({ kind: "wrongToken" });
  if (rules.sessions.isExpired(session)) throw refuse({ kind: "expiredToken" });
  return { session, signingKey: key, seedSignature: parts.signature, amzDate, scope };
}

function checkTime(
  { clock }: AuthenticationRules,
  { amzDate, expires }: SignatureParts,
  refuse: (fault: SignatureFault) => Error,
): void {
  const now = clock.now();
  const signedAt = Date.parse(amzDate.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const age = now - signedAt;
  const tooOld = expires === null && age > WINDOW_MS;
  if (Number.isNaN(age) || age < -WINDOW_MS || tooOld) {
    throw refuse({ kind: "skewed", amzDate, serverTime: new Date(now).toISOString(), early: age < 0 });
  }
  if (expires !== null && age > expires * 1000) throw refuse({ kind: "presignExpired" });
}

/** The signature must cover the host and each `x-amz-` header that is there; otherwise someone on the way could add one. */
function coversWhatCounts(headers: ReadonlyMap<string, string>, signedHeaders: readonly string[]): boolean {
  const signed = new Set(signedHeaders);
  if (!signed.has("host")) return false;
  return [...headers.keys()].every((name) => !name.startsWith("x-amz-") || signed.has(name));
}

function joinedHeaders(request: SignedRequest): Map<string, string> {
  const joined = new Map<string, string>();
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = (request.rawHeaders[index] ?? "").toLowerCase();
    const value = (request.rawHeaders[index + 1] ?? "").trim();
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return joined;
}
