/** Single requests, signed and sent once: what src/doctor/ asks for. The keys are the caller's business here, not src/aws/keys.ts's. */
import type { RoleCredentials } from "../../shared/credentials.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Profile } from "../../shared/profile.ts";
import { dynamoDbEndpoint, s3Endpoint } from "../endpoints.ts";
import { hostOf } from "../host-of.ts";
import { mapAwsError, mapS3Response } from "../map-error.ts";
import { uriEncode } from "../uri-encode.ts";
import { presign, queryOf, type SigningScope, sha256Hex, signHeaders } from "./sign-v4.ts";

export interface ProbeInput {
  profile: Profile;
  credentials: RoleCredentials;
  fetch: typeof fetch;
  now(): number;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

interface ObjectRequest {
  method: string;
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string;
}

/** Seconds that a presigned URL is good for. */
const linkSeconds = 60;

export function createProbe({ profile, credentials, fetch: send, now }: ProbeInput) {
  const { region, bucket, endpoints } = profile;

  const scopeOf = (service: SigningScope["service"]): SigningScope => ({
    service,
    region,
    credentials,
    at: now() + (credentials.clockOffset ?? 0),
  });

  function objectUrl({ key, query = {} }: Pick<ObjectRequest, "key" | "query">): URL {
    const { url } = s3Endpoint({
      Bucket: bucket.name,
      Endpoint: endpoints.s3,
      ForcePathStyle: bucket.forcePathStyle,
      Region: region,
    });
    const base = url.pathname.replace(/\/$/, "");
    url.pathname = `${base}/${(key ?? "").split("/").map(uriEncode).join("/")}`;
    url.search = queryOf(Object.entries(query));
    return url;
  }

  async function ask(service: "s3" | "dynamodb", url: URL, init: RequestInit, signal: AbortSignal): Promise<Answer> {
    try {
      // S3 says "another region" by a 301 that leads nowhere, which Firefox shows only to those who follow. What has a body
      // is sent nowhere else.
      const redirect = init.body === undefined ? "follow" : "error";
      const response = await send(url.href, { ...init, redirect, signal, cache: "no-store", credentials: "omit" });
      const answer = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
      const strange =
        response.redirected || (/^\s*<(?:!doctype html|html)/i.test(answer.body) && answer.status !== 200);
      if (strange) throw new HoldallError("not-aws", { subs: [url.host], service, status: response.status });
      return answer;
    } catch (cause) {
      const reason = signal.aborted && signal.reason instanceof Error ? signal.reason : cause;
      throw mapAwsError(reason, { service, host: url.host });
    }
  }

  return {
    async s3(request: ObjectRequest, signal: AbortSignal): Promise<Answer> {
      const { method, headers = {}, body } = request;
      const url = objectUrl(request);
      const payload = await sha256Hex(body ?? "");
      const signed = await signHeaders({ method, url, headers, payload }, scopeOf("s3"));
      return await ask("s3", url, { method, headers: signed, ...(body !== undefined && { body }) }, signal);
    },
    async dynamodb(operation: string, input: object, signal: AbortSignal): Promise<Answer> {
      const { url } = dynamoDbEndpoint({ Endpoint: endpoints.dynamodb, Region: region });
      const body = JSON.stringify(input);
      const headers = {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
      };
      const payload = await sha256Hex(body);
      const signed = await signHeaders({ method: "POST", url, headers, payload }, scopeOf("dynamodb"));
      return await ask("dynamodb", url, { method: "POST", headers: signed, body }, signal);
    },
    async followLink(key: string, signal: AbortSignal): Promise<Answer> {
      const request = { method: "GET", url: objectUrl({ key }), headers: {} };
      const link = await presign(request, scopeOf("s3"), linkSeconds);
      return await ask("s3", link, { method: "GET" }, signal);
    },
    explain(service: "s3" | "dynamodb", answer: Answer, about: { action: string; key?: string }): HoldallError {
      const { action, key } = about;
      const host = hostOf(service, profile);
      if (service === "s3") {
        const resource = key === undefined ? bucket.name : `${bucket.name}/${key}`;
        const context = {
          action,
          resource,
          host,
          region,
          bucket: bucket.name,
          ...(key !== undefined && { name: key }),
        };
        return mapS3Response(answer.status, answer.headers, answer.body, context);
      }
      const { table } = profile;
      const context = { service, action, resource: `table/${table.name}`, host, region, table };
      return mapAwsError(jsonFailure(answer), context);
    },
  };
}

/** The shape of the SDK's errors for an answer of DynamoDB. */
function jsonFailure({ status, headers, body }: Answer): object {
  let told: { __type?: unknown; message?: unknown; Message?: unknown } = {};
  try {
    told = JSON.parse(body);
  } catch {
    // No JSON: then the status has to say it all.
  }
  return {
    name: typeof told?.__type === "string" ? told.__type : "Unknown",
    message: told?.message ?? told?.Message ?? "",
    $metadata: { httpStatusCode: status, requestId: headers["x-amzn-requestid"] },
  };
}
