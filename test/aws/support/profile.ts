import type { RoleCredentials } from "../../../src/shared/credentials.ts";
import type { Profile } from "../../../src/shared/profile.ts";

/** A profile of AWS itself, for tests that answer in its place. */
export const profile: Profile = {
  holdall: 2,
  name: "Test",
  colour: "#1f7a5c",
  issuer: "https://login.example.com/",
  clientId: "client",
  scopes: ["openid"],
  region: "eu-central-1",
  credentials: {
    kind: "webIdentity",
    role: { kind: "fixed", arn: "arn:aws:iam::111122223333:role/holdall" },
    durationSeconds: 900,
  },
  table: { name: "items", partitionKey: "pk", sortKey: "sk" },
  bucket: { name: "files", forcePathStyle: false, checksum: "crc32" },
  endpoints: {},
};

export const credentials: RoleCredentials = {
  accessKeyId: "ASIATESTTESTTESTTEST",
  secretAccessKey: "secret",
  sessionToken: "session-token",
  expiresAt: 4_102_444_800_000,
};

/** A `fetch` that answers from a list, in order, and keeps what it was asked. An Error in the list is thrown. */
export function answering(answers: (Response | Error | (() => Response | Promise<Response>))[]) {
  const asked: { url: string; method: string; headers: Headers; body: unknown }[] = [];
  const left = [...answers];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push({
      url: String(url),
      method: init?.method ?? "GET",
      headers: new Headers(init?.headers),
      body: init?.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : init?.body,
    });
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nobody prepared an answer for ${String(url)}`);
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer() : answer;
  };
  return { fetch, asked, left };
}
