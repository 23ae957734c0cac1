import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** The credential scope of a signature. */
export interface Scope {
  /** `YYYYMMDD`. */
  date: string;
  region: string;
  service: string;
}

/** Keys that are remembered: one per session, day and service. */
const CACHE_SIZE = 500;
const keys = new Map<string, Buffer>();

/** The signing key of a day, region and service. (IAM User Guide, "Create a signed AWS API request", step 4.) */
export function signingKey(secret: string, { date, region, service }: Scope): Buffer {
  const name = [secret, date, region, service].join("\n");
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = [date, region, service, "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secret}`) as Buffer;
  const oldest = keys.size >= CACHE_SIZE ? keys.keys().next().value : undefined;
  if (oldest !== undefined) keys.delete(oldest);
  keys.set(name, key);
  return key;
}

export function scopeText({ date, region, service }: Scope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

/** @param amzDate `YYYYMMDDTHHMMSSZ` */
export function stringToSign(amzDate: string, scope: Scope, canonical: string): string {
  return ["AWS4-HMAC-SHA256", amzDate, scopeText(scope), sha256(canonical)].join("\n");
}

/** Hex. */
export function signature(key: Buffer, text: string): string {
  return hmac(key, text).toString("hex");
}

/** Compares in constant time. */
export function sameSignature(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Hex. */
export function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
