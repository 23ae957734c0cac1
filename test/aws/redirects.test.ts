import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assumeRole } from "../../src/aws/assume-role.ts";
import { createStorage } from "../../src/aws/create-storage.ts";
import { credentials, profile } from "./support/profile.ts";

/** An endpoint that sends everybody elsewhere, and the place where they arrive. */
let endpoint: Server;
let elsewhere: Server;
let arrived: string[];

const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeEach(async () => {
  arrived = [];
  elsewhere = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      arrived.push(`${request.method} ${body}`);
      response.end("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
    });
  });
  endpoint = createServer((request, response) => {
    request.resume();
    response.writeHead(307, { location: `${urlOf(elsewhere)}/` }).end();
  });
  await Promise.all([listen(endpoint), listen(elsewhere)]);
});

afterEach(() => {
  for (const server of [endpoint, elsewhere]) {
    server.closeAllConnections();
    server.close();
  }
});

describe("an endpoint that leads elsewhere", () => {
  const away = () => {
    const url = urlOf(endpoint);
    const bucket = { ...profile.bucket, forcePathStyle: true };
    return { ...profile, bucket, endpoints: { sts: url, s3: url, dynamodb: url } };
  };
  const storage = () =>
    createStorage({ profile: away(), identity: "local|alice", credentials: async () => credentials, fetch });

  it("does not get the ID token carried there", async () => {
    const asked = assumeRole({
      profile: away(),
      roleArn: "arn:aws:iam::111122223333:role/holdall",
      durationSeconds: 900,
      idToken: "the-id-token",
      sessionName: "alice",
      fetch,
    });
    await expect(asked).rejects.toMatchObject({ code: "sts-unreachable" });
    expect(arrived).toEqual([]);
  });

  it("does not get items carried there", async () => {
    const attributes = { text: { S: "mine" } };
    const saved = storage().items.save({ sortKey: "a", attributes, basis: null });
    await expect(saved).rejects.toMatchObject({ code: "unreachable" });
    expect(arrived).toEqual([]);
  });

  it("is not believed what it answers there for a listing", async () => {
    await expect(storage().files.list({ prefix: "" })).rejects.toMatchObject({ code: "not-aws" });
  });
});
