import { describe, expect, it } from "vitest";
import { createStorage } from "../../src/aws/create-storage.ts";
import { mapAwsError, mapS3Response } from "../../src/aws/map-error.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { answering, credentials, profile } from "./support/profile.ts";

const token = `IQoJb3JpZ2luX2VjE${"aB3+/".repeat(60)}==`;
const host = "s3.eu-central-1.amazonaws.com";

function storageThat(...answers: Parameters<typeof answering>[0]) {
  const { fetch, asked } = answering(answers);
  return { storage: createStorage({ profile, identity: "alice", credentials: async () => credentials, fetch }), asked };
}

function xml(code: string, status: number, more = "", headers: Record<string, string> = {}): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>the sentence</Message>${more}<RequestId>r1</RequestId></Error>`;
  return new Response(body, {
    status,
    headers: { "content-type": "application/xml", "x-amz-request-id": "r1", ...headers },
  });
}

function json(type: string, status: number, message = "the sentence"): Response {
  const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message });
  return new Response(body, {
    status,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "r2" },
  });
}

const denied =
  'User: arn:aws:sts::111122223333:assumed-role/holdall/alice is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::files" because no identity-based policy allows the s3:ListBucket action';

describe("a sentence of AWS", () => {
  it("is told without the session token that a refused signature makes AWS repeat", async () => {
    const canonical = `The Canonical String for this request should have been\n'POST\n/\n\nhost:h\nx-amz-security-token:${token}\n\nhost;x-amz-security-token\nabc'`;
    const refused = `The request signature we calculated does not match the signature you provided. ${canonical}`;
    const { storage } = storageThat(json("InvalidSignatureException", 400, refused));
    const error = await storage.items.list().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "service-refused",
      facts: { detail: expect.stringMatching(/^The request sig/) },
    });
    expect(JSON.stringify((error as HoldallError).facts)).not.toContain(token);
    const body = `<Error><Code>Odd</Code><Message>with ${token} in it</Message><Token-0>${token}</Token-0></Error>`;
    const { facts } = mapS3Response(403, {}, body, {});
    expect(JSON.stringify(facts)).not.toContain(token);
  });
});

describe("S3's errors", () => {
  it.each<[string, () => Response, string, string[] | undefined]>([
    ["NoSuchBucket", () => xml("NoSuchBucket", 404), "bucket-missing", ["files"]],
    [
      "PermanentRedirect",
      () => xml("PermanentRedirect", 301, "", { "x-amz-bucket-region": "us-east-1" }),
      "wrong-region",
      ["eu-central-1", "us-east-1"],
    ],
    [
      "AuthorizationHeaderMalformed",
      () => xml("AuthorizationHeaderMalformed", 400, "<Region>us-east-1</Region>"),
      "wrong-region",
      ["eu-central-1", "us-east-1"],
    ],
    ["AccessDenied", () => xml("AccessDenied", 403).clone(), "access-denied", ["s3:ListBucket", "files"]],
    ["InvalidArgument", () => xml("InvalidArgument", 400), "service-refused", ["InvalidArgument"]],
    ["a proxy's refusal", () => new Response("blocked", { status: 403 }), "not-aws", [host]],
    [
      "HTML",
      () => new Response("<html>", { headers: { "content-type": "text/html; charset=utf-8" } }),
      "not-aws",
      [host],
    ],
    ["other XML", () => new Response("<a/>", { headers: { "content-type": "application/xml" } }), "not-aws", [host]],
    ["no XML", () => new Response("hello"), "not-aws", [host]],
  ])("%s", async (_, answer, code, subs) => {
    const error = await storageThat(answer)
      .storage.files.list({ prefix: "" })
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(HoldallError);
    expect(error.code).toBe(code);
    if (code === "not-aws") expect(error.facts.subs[0]).toContain(host);
    else expect(error.facts).toMatchObject({ subs, requestId: "r1", service: "s3", detail: "the sentence" });
  });

  it("names the missing permission and the resource from the sentence", async () => {
    const body = `<Error><Code>AccessDenied</Code><Message>${denied.replaceAll('"', "&quot;")}</Message></Error>`;
    const error = mapS3Response(403, { "x-amz-request-id": "r3" }, body, {
      action: "s3:PutObject",
      resource: "files/alice/a",
    });
    expect(error).toMatchObject({
      code: "access-denied",
      facts: {
        subs: ["s3:ListBucket", "arn:aws:s3:::files"],
        requestId: "r3",
        status: 403,
        awsCode: "AccessDenied",
        detail: denied,
      },
    });
  });

  it.each<[number, string, string, string]>([
    [412, "PreconditionFailed", "s3:PutObject", "file-exists"],
    [409, "ConditionalRequestConflict", "s3:PutObject", "file-exists"],
    [412, "PreconditionFailed", "s3:GetObject", "file-changed"],
    [412, "PreconditionFailed", "s3:DeleteObject", "file-changed"],
    [404, "NoSuchKey", "s3:GetObject", "file-missing"],
    [403, "AccessDenied", "s3:GetObject", "file-missing"],
    [403, "AccessDenied", "s3:PutObject", "access-denied"],
    [400, "BadDigest", "s3:PutObject", "checksum-mismatch"],
    [400, "EntityTooLarge", "s3:PutObject", "file-too-large"],
    [400, "ExpiredToken", "s3:PutObject", "credentials-expired"],
    [403, "RequestTimeTooSkewed", "s3:PutObject", "clock-wrong"],
    [503, "SlowDown", "s3:PutObject", "throttled"],
    [500, "InternalError", "s3:PutObject", "service-unavailable"],
    [400, "RequestTimeout", "s3:PutObject", "timeout"],
    [404, "NoSuchBucket", "s3:PutObject", "bucket-missing"],
    [404, "NoSuchUpload", "s3:PutObject", "upload-missing"],
    [404, "NoSuchUpload", "s3:AbortMultipartUpload", "upload-missing"],
    [400, "InvalidPart", "s3:PutObject", "checksum-mismatch"],
    [400, "InvalidPartOrder", "s3:PutObject", "internal"],
    [400, "EntityTooSmall", "s3:PutObject", "internal"],
    [409, "OperationAborted", "s3:PutObject", "service-unavailable"],
    [200, "InternalError", "s3:PutObject", "service-unavailable"],
    [200, "ServiceUnavailable", "s3:PutObject", "service-unavailable"],
    [200, "SlowDown", "s3:PutObject", "throttled"],
    [200, "PreconditionFailed", "s3:PutObject", "file-exists"],
  ])("%i %s of %s as the transfer host saw it is %s", (status, code, action, expected) => {
    const body = `<Error><Code>${code}</Code><Message>m</Message></Error>`;
    const error = mapS3Response(status, {}, body, { action, name: "a.txt", bucket: "files" });
    expect(error).toMatchObject({ code: expected, facts: { awsCode: code, status } });
  });

  it("does not take a denied GetObject for a missing file", () => {
    const body = `<Error><Code>AccessDenied</Code><Message>User: x is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::files/alice/a"</Message></Error>`;
    const error = mapS3Response(403, {}, body, { action: "s3:GetObject", name: "a" });
    expect(error.code).toBe("access-denied");
  });

  it("takes bucket and regions from the answer when the context has none", () => {
    const gone = "<Error><Code>NoSuchBucket</Code><Message>m</Message><BucketName>files</BucketName></Error>";
    expect(mapS3Response(404, {}, gone, {}).facts.subs).toEqual(["files"]);
    const sentence = "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'";
    const moved = `<Error><Code>AuthorizationHeaderMalformed</Code><Message>${sentence}</Message></Error>`;
    expect(mapS3Response(400, {}, moved, {}).facts.subs).toEqual(["us-east-1", "eu-west-1"]);
  });

  it("tells how far the clock is off", () => {
    const times = "<RequestTime>20250101T000000Z</RequestTime><ServerTime>2025-01-01T01:05:00Z</ServerTime>";
    const body = `<Error><Code>RequestTimeTooSkewed</Code><Message>m</Message>${times}</Error>`;
    expect(mapS3Response(403, {}, body, {})).toMatchObject({ code: "clock-wrong", facts: { subs: ["65"] } });
  });

  it("tells HTML and 5xx of something between us and S3", () => {
    const html = { "content-type": "text/html" };
    expect(mapS3Response(200, html, "<html>", { host }).code).toBe("not-aws");
    expect(mapS3Response(403, {}, "<!DOCTYPE html><p>", { host }).code).toBe("not-aws");
    expect(mapS3Response(502, html, "<html>", { host }).code).toBe("not-aws");
    expect(mapS3Response(200, {}, "", { host }).code).toBe("not-aws");
    expect(mapS3Response(502, {}, "", { host }).code).toBe("service-unavailable");
  });
});

describe("HTML with a 5xx", () => {
  it("is a proxy's passing trouble: tried three times, and nobody's parser sees it", async () => {
    const answer = () => new Response("<html>Bad gateway", { status: 502, headers: { "content-type": "text/html" } });
    const { storage, asked } = storageThat(...Array.from({ length: 5 }, () => answer));
    await expect(storage.files.list({ prefix: "" })).rejects.toMatchObject({
      code: "not-aws",
      facts: { status: 502 },
    });
    expect(asked).toHaveLength(3);
  });
});

describe("DynamoDB's errors", () => {
  it.each<[string, number, string, string, string[] | undefined]>([
    ["ResourceNotFoundException", 400, "Requested resource not found", "table-missing", ["items"]],
    ["ValidationException", 400, "The provided key element does not match the schema", "table-keys", ["pk", "sk"]],
    ["ValidationException", 400, "Query condition missed key schema element: other", "table-keys", ["pk", "sk"]],
    ["ValidationException", 400, "Item size has exceeded the maximum allowed size", "item-too-large", ["?"]],
    ["ValidationException", 400, "Something else", "item-invalid", ["item", "was refused by DynamoDB: Something else"]],
    [
      "UnrecognizedClientException",
      400,
      "The security token included in the request is invalid.",
      "credentials-expired",
      undefined,
    ],
  ])("%s %i %s", async (type, status, message, code, subs) => {
    const answers = Array.from({ length: 3 }, () => () => json(type, status, message));
    const error = await storageThat(...answers)
      .storage.items.get("a")
      .catch((reason) => reason);
    expect(error).toMatchObject({ code, facts: { awsCode: type, requestId: "r2", status, detail: message } });
    expect(error.facts.subs).toEqual(subs);
  });

  it("AccessDeniedException names action and resource", async () => {
    const message =
      "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-central-1:1:table/items because no identity-based policy allows the dynamodb:GetItem action";
    await expect(storageThat(json("AccessDeniedException", 400, message)).storage.items.get("a")).rejects.toMatchObject(
      {
        code: "access-denied",
        facts: { subs: ["dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:1:table/items"] },
      },
    );
  });

  it("throttling and 5xx are tried three times first", async () => {
    for (const [type, status, code] of [
      ["ProvisionedThroughputExceededException", 400, "throttled"],
      ["InternalServerError", 500, "service-unavailable"],
    ] as const) {
      const { storage, asked } = storageThat(...Array.from({ length: 5 }, () => () => json(type, status)));
      await expect(storage.items.get("a")).rejects.toMatchObject({ code });
      expect(asked).toHaveLength(3);
    }
  }, 15_000);

  it("an answer that is not JSON is not DynamoDB's", async () => {
    await expect(storageThat(new Response("hello")).storage.items.get("a")).rejects.toMatchObject({ code: "not-aws" });
    await expect(storageThat(new Response("{}")).storage.items.list()).rejects.toMatchObject({ code: "not-aws" });
  });
});

describe("anything else", () => {
  it("passes, is cancelled, timed out, unreachable or internal", () => {
    const context = { service: "s3", host } as const;
    const own = new HoldallError("signed-out");
    expect(mapAwsError(own, context)).toBe(own);
    expect(mapAwsError(new DOMException("x", "AbortError"), context).code).toBe("cancelled");
    expect(mapAwsError(new DOMException("x", "TimeoutError"), context)).toMatchObject({
      code: "timeout",
      facts: { subs: [host] },
    });
    expect(mapAwsError(new TypeError("Failed to fetch"), context).code).toBe("unreachable");
    expect(mapAwsError(new TypeError("NetworkError when attempting to fetch resource."), context).code).toBe(
      "unreachable",
    );
    expect(mapAwsError(new TypeError("x is not a function"), context).code).toBe("internal");
    expect(mapAwsError("text", context).code).toBe("internal");
  });
});
