/** An OpenID provider in memory that can be made to answer whatever a test wants to see refused. */
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose";
import type { LaunchOutcome } from "../../../src/auth/authorize.ts";

export const issuer = "https://login.example.com/";
export const clientId = "holdall-test";
export const redirectUrl = "https://abcdefghijklmnop.chromiumapp.org/";

export interface FakeProvider {
  fetch: typeof fetch;
  launch(url: string, interactive: boolean): Promise<LaunchOutcome>;
  /** `discovery`, `window`, `window silent`, `authorize` (asked without a window), `token code`, `token refresh`, `keys`, `revoke`, `end`, in order. */
  readonly calls: string[];
  /** The parameters of each authorization request. */
  readonly asked: URLSearchParams[];
  /** The parameters of each token request. */
  readonly tokenRequests: URLSearchParams[];
  /** Who the person at the keyboard is, and who the provider's cookie knows. */
  person: string;
  cookie: string | null;
  /** Claims that replace the right ones; undefined takes one out. */
  claims: Record<string, unknown>;
  /** Parameters of the redirect that replace the right ones; null takes one out. */
  redirect: Record<string, string | null>;
  metadata: Record<string, unknown>;
  tokenAnswer: Record<string, unknown>;
  /** Milliseconds that the provider's clock is ahead of the machine's; null: it sends no Date. */
  ahead: number;
  sendsDate: boolean;
  /** The next answers of an operation, in place of the right ones; `lost`: carried out, but no answer arrives. */
  faults: { operation: string; fault: Response | "lost" | "unreachable" | "hangs" }[];
  /** How the window ends, in place of a redirect. */
  window: LaunchOutcome["kind"] | null;
  rotateKeys(): Promise<void>;
  sign(claims: Record<string, unknown>, header?: { alg: string; kid: string }): Promise<string>;
  readonly refreshTokens: Set<string>;
}

interface Key {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

export async function createFakeProvider(): Promise<FakeProvider> {
  const codes = new Map<string, { nonce: string | null; subject: string }>();
  const families = new Map<string, string>();
  let keys: Key[] = [await newKey("one")];
  let count = 0;

  const provider: FakeProvider = {
    calls: [],
    asked: [],
    tokenRequests: [],
    person: "local|alice",
    cookie: null,
    claims: {},
    redirect: {},
    metadata: {},
    tokenAnswer: {},
    ahead: 0,
    sendsDate: true,
    faults: [],
    window: null,
    refreshTokens: new Set(),
    async rotateKeys() {
      keys = [await newKey(`key-${keys.length + Math.random()}`)];
    },
    async sign(claims, header) {
      const [key] = keys;
      if (key === undefined) throw new Error("no key");
      const token = new SignJWT(claims).setProtectedHeader(header ?? { alg: "ES256", kid: key.kid });
      return await token.sign(key.privateKey);
    },
    async launch(url, interactive) {
      const parameters = new URL(url).searchParams;
      if (url.startsWith(`${issuer}logout`)) {
        provider.calls.push("end");
        provider.cookie = null;
        return { kind: "redirected", url: redirectUrl };
      }
      provider.calls.push(interactive ? "window" : "window silent");
      provider.asked.push(parameters);
      if (provider.window !== null && provider.window !== "redirected") return { kind: provider.window };
      if (interactive) provider.cookie = provider.person;
      const answer: Record<string, string | null> =
        provider.cookie === null ? { error: "login_required" } : { code: `code-${++count}` };
      if (provider.cookie !== null) {
        codes.set(`code-${count}`, { nonce: parameters.get("nonce"), subject: provider.cookie });
      }
      const target = new URL(String(parameters.get("redirect_uri")));
      const all = { ...answer, state: parameters.get("state"), iss: issuer, ...provider.redirect };
      for (const [name, value] of Object.entries(all)) if (value !== null) target.searchParams.set(name, value);
      return { kind: "redirected", url: target.href };
    },
    fetch: async (input, init) => {
      const url = String(input);
      const body = new URLSearchParams(String(init?.body ?? ""));
      const operation = operationOf(url, body);
      provider.calls.push(operation);
      if (operation.startsWith("token")) provider.tokenRequests.push(body);
      const at = provider.faults.findIndex((planned) => planned.operation === operation);
      const [planned] = at < 0 ? [] : provider.faults.splice(at, 1);
      const fault = planned?.fault;
      if (fault === "unreachable") throw new TypeError("Failed to fetch");
      if (fault === "hangs") return await never(init?.signal ?? null);
      if (fault instanceof Response) return fault;
      const answer = await handle(operation, body);
      if (fault === "lost") throw new TypeError("Failed to fetch");
      return answer;
    },
  };

  async function handle(operation: string, body: URLSearchParams): Promise<Response> {
    switch (operation) {
      case "discovery":
        return json(200, {
          issuer,
          authorization_endpoint: `${issuer}authorize`,
          token_endpoint: `${issuer}token`,
          jwks_uri: `${issuer}keys`,
          revocation_endpoint: `${issuer}revoke`,
          end_session_endpoint: `${issuer}logout`,
          authorization_response_iss_parameter_supported: true,
          id_token_signing_alg_values_supported: ["ES256"],
          ...provider.metadata,
        });
      case "keys":
        return json(200, {
          keys: await Promise.all(
            keys.map(async ({ kid, publicKey }) => ({
              ...(await exportJWK(publicKey)),
              kid,
              alg: "ES256",
              use: "sig",
            })),
          ),
        });
      case "token code": {
        const code = codes.get(body.get("code") ?? "");
        codes.delete(body.get("code") ?? "");
        if (code === undefined) return json(400, { error: "invalid_grant" });
        return await tokens(code.subject, code.nonce, `family-${++count}`);
      }
      case "token refresh": {
        const token = body.get("refresh_token") ?? "";
        const family = families.get(token);
        if (family === undefined) return json(400, { error: "invalid_grant" });
        if (!provider.refreshTokens.delete(token)) {
          // Used a second time: the whole family ends.
          for (const [other, its] of families) if (its === family) provider.refreshTokens.delete(other);
          return json(400, { error: "invalid_grant" });
        }
        return await tokens(subjectOf(family), null, family);
      }
      case "revoke":
        provider.refreshTokens.delete(body.get("token") ?? "");
        return new Response(null, { status: 200 });
      default:
        return new Response("", { status: 404 });
    }
  }

  const subjects = new Map<string, string>();
  const subjectOf = (family: string) => subjects.get(family) ?? "";

  async function tokens(subject: string, nonce: string | null, family: string): Promise<Response> {
    subjects.set(family, subject);
    const refreshToken = `refresh-${++count}`;
    families.set(refreshToken, family);
    provider.refreshTokens.add(refreshToken);
    const now = Math.floor((Date.now() + provider.ahead) / 1000);
    const right = { iss: issuer, aud: clientId, sub: subject, iat: now, exp: now + 3600, name: "Alice Archer" };
    const claims = { ...right, ...(nonce === null ? {} : { nonce }), ...provider.claims };
    return json(200, {
      access_token: "the-access-token",
      token_type: "Bearer",
      expires_in: 3600,
      id_token: await provider.sign(JSON.parse(JSON.stringify(claims))),
      refresh_token: refreshToken,
      ...provider.tokenAnswer,
    });
  }

  function json(status: number, body: unknown): Response {
    const date = new Date(Date.now() + provider.ahead).toUTCString();
    const headers = { "content-type": "application/json", ...(provider.sendsDate ? { date } : {}) };
    return new Response(JSON.stringify(body), { status, headers });
  }

  return provider;
}

async function newKey(kid: string): Promise<Key> {
  return { kid, ...(await generateKeyPair("ES256", { extractable: true })) };
}

function operationOf(url: string, body: URLSearchParams): string {
  const path = url.slice(issuer.length).split("?")[0] ?? "";
  if (path === ".well-known/openid-configuration") return "discovery";
  if (path === "token") return body.has("code") ? "token code" : "token refresh";
  return path === "logout" ? "end by hint" : path;
}

async function never(signal: AbortSignal | null): Promise<never> {
  return await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
}
