import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface LyingProvider {
  issuer: string;
  close(): Promise<void>;
}

/** Answers of a provider, by path: a status and a body, or a JSON document. `{issuer}` stands for its own address. */
export type Answers = Record<string, { status?: number; type?: string; body: object | string }>;

/** A provider on loopback that publishes what a test wants. What it has no answer for is 404. */
export async function startLyingProvider(answers: Answers): Promise<LyingProvider> {
  const server = createServer((request, response) => {
    const {
      status = 200,
      type = "application/json",
      body,
    } = answers[(request.url ?? "").split("?")[0] ?? ""] ?? {
      status: 404,
      body: {},
    };
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": type }).end(text.replaceAll("{issuer}", issuer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** A discovery document with nothing wrong in it, and what it leads to. */
export function honestAnswers(changes: object = {}): Answers {
  const document = {
    issuer: "{issuer}",
    authorization_endpoint: "{issuer}/authorize",
    token_endpoint: "{issuer}/token",
    jwks_uri: "{issuer}/keys",
    code_challenge_methods_supported: ["S256"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    response_types_supported: ["code"],
    ...changes,
  };
  return {
    "/.well-known/openid-configuration": { body: document },
    "/keys": { body: { keys: [{ kty: "RSA", kid: "one", alg: "RS256", use: "sig", n: "AQ", e: "AQAB" }] } },
    "/authorize": { status: 302, body: "" },
  };
}
