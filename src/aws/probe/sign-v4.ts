/**
 * Signature Version 4, for the doctor and the isolation proof: those send what the rest of the extension must not even be
 * able to write, and weigh too little for a second copy of the SDK's signer, which keeps derived keys besides.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import type { RoleCredentials } from "../../shared/credentials.ts";
import { uriEncode } from "../uri-encode.ts";

export interface Signable {
  method: string;
  /** Host, path (percent-encoded as it goes over the wire) and query. */
  url: URL;
  /** Further headers to sign; names in lower case. */
  headers: Record<string, string>;
  /** SHA-256 of the body in hex, or `UNSIGNED-PAYLOAD`. */
  payload: string;
}

export interface SigningScope {
  service: "s3" | "dynamodb";
  region: string;
  credentials: Pick<RoleCredentials, "accessKeyId" | "secretAccessKey" | "sessionToken">;
  /** AWS's time, milliseconds since the epoch. */
  at: number;
}

const algorithm = "AWS4-HMAC-SHA256";
const utf8 = new TextEncoder();

/** The headers to send, `authorization` among them; without `host`, which the browser sets. */
export async function signHeaders(request: Signable, scope: SigningScope): Promise<Record<string, string>> {
  const headers = {
    ...request.headers,
    "x-amz-content-sha256": request.payload,
    "x-amz-date": amzDate(scope.at),
    "x-amz-security-token": scope.credentials.sessionToken,
  };
  const { names, signature, credential } = await sign({ ...request, headers }, scope);
  const parts = [`Credential=${credential}`, `SignedHeaders=${names}`, `Signature=${signature}`];
  return { ...headers, authorization: `${algorithm} ${parts.join(", ")}` };
}

/** A URL that carries its signature and is good for `seconds`. It is a secret. */
export async function presign(request: Omit<Signable, "payload">, scope: SigningScope, seconds: number): Promise<URL> {
  const url = new URL(request.url);
  const names = Object.keys({ ...request.headers, host: "" }).sort();
  const query = {
    "X-Amz-Algorithm": algorithm,
    "X-Amz-Credential": `${scope.credentials.accessKeyId}/${scopeOf(scope)}`,
    "X-Amz-Date": amzDate(scope.at),
    "X-Amz-Expires": String(seconds),
    "X-Amz-Security-Token": scope.credentials.sessionToken,
    "X-Amz-SignedHeaders": names.join(";"),
  };
  const known = [...url.searchParams, ...Object.entries(query)];
  url.search = queryOf(known);
  const { signature } = await sign({ ...request, url, payload: "UNSIGNED-PAYLOAD" }, scope);
  url.search = queryOf([...known, ["X-Amz-Signature", signature]]);
  return url;
}

async function sign(request: Signable, scope: SigningScope) {
  const { method, url, payload } = request;
  const headers = Object.entries({ ...request.headers, host: url.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = headers.map(([name]) => name).join(";");
  const lines = headers.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, " ")}\n`).join("");
  // S3's paths are encoded once; DynamoDB's is "/".
  const canonical = [method, url.pathname, queryOf([...url.searchParams]), lines, names, payload].join("\n");
  const text = [algorithm, amzDate(scope.at), scopeOf(scope), await sha256Hex(canonical)].join("\n");
  let key: Uint8Array<ArrayBuffer> = utf8.encode(`AWS4${scope.credentials.secretAccessKey}`);
  for (const part of scopeOf(scope).split("/")) key = await hmac(key, part);
  const credential = `${scope.credentials.accessKeyId}/${scopeOf(scope)}`;
  return { names, credential, signature: hex(await hmac(key, text)) };
}

/** `20250101T000000Z` */
function amzDate(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}

function scopeOf({ at, region, service }: SigningScope): string {
  return `${amzDate(at).slice(0, 8)}/${region}/${service}/aws4_request`;
}

/** A query as it is sent and signed: sorted after encoding. */
export function queryOf(pairs: [name: string, value: string][]): string {
  const encoded = pairs.map(([name, value]) => [uriEncode(name), uriEncode(value)] as const);
  encoded.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  return encoded.map(([name, value]) => `${name}=${value}`).join("&");
}

/** @param data text, or bytes */
export async function sha256Hex(data: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof data === "string" ? utf8.encode(data) : data;
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

async function hmac(secret: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8.encode(text)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
