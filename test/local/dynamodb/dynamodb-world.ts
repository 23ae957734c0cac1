import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { AwsError, type AwsRequest, type AwsResponse, type Service } from "../../../local/service.ts";

/** A request as the gateway would hand it over. */
export function awsRequest(target: string, body: string | object, identity = "alice"): AwsRequest {
  return {
    requestId: randomUUID(),
    method: "POST",
    rawPath: "/",
    query: new URLSearchParams(),
    headers: { "x-amz-target": `DynamoDB_20120810.${target}`, "content-type": "application/x-amz-json-1.0" },
    body: Readable.from([Buffer.from(typeof body === "string" ? body : JSON.stringify(body))]),
    trailers: {},
    caller: { identity, roleArn: "arn:aws:iam::000000000000:role/test", accountId: "000000000000" },
  };
}

/** Judges nothing, carries out, and parses the answer. */
export async function call(service: Service, target: string, body: string | object) {
  const response = await respond(service, awsRequest(target, body));
  return { status: response.status, headers: response.headers, json: JSON.parse(String(response.body)) };
}

/** The one question of a request that asks IAM one thing. */
export async function question(service: Service, target: string, body: string | object) {
  const [authorization, ...others] = await service.authorize(awsRequest(target, body));
  if (!authorization || others.length > 0) throw new Error("Not exactly one question.");
  return authorization;
}

async function respond(service: Service, request: AwsRequest): Promise<AwsResponse> {
  try {
    await service.authorize(request);
    return await service.handle(request);
  } catch (error) {
    if (error instanceof AwsError) return service.renderError(error, request);
    throw error;
  }
}

/** The service behind HTTP, without signatures and IAM, and an SDK client that speaks to it. */
export async function serve(service: Service) {
  const server = createServer(async (incoming, outgoing) => {
    const request: AwsRequest = {
      ...awsRequest("", {}),
      method: incoming.method ?? "",
      rawPath: incoming.url ?? "",
      headers: incoming.headers,
      body: incoming,
    };
    const response = await respond(service, request);
    outgoing.writeHead(response.status, response.headers).end(response.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-central-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return {
    client,
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const options = (dataDir: string) => ({
  dataDir,
  accountId: "123456789012",
  region: "eu-central-1",
  table: { name: "holdall", partitionKey: "pk", sortKey: "sk" },
});

export const tableArn = "arn:aws:dynamodb:eu-central-1:123456789012:table/holdall";

/** The key of an item in the configured table. */
export const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });

/** The sort keys that write-until-killed.ts writes together: many, so that a kill in their middle is likely. */
export const transactionKeys = Array.from({ length: 100 }, (_, index) => String(index));
