import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProbeAnswer } from "../../src/doctor/aws-probe.ts";
import { judgeDenial } from "../../src/doctor/proof/judge.ts";

const refusal = (action: string) =>
  `User: arn:aws:sts::111122223333:assumed-role/people/x is not authorized to perform: ${action} on resource: &quot;arn:aws:s3:::b/k&quot; because no identity-based policy allows the ${action} action`;
const xml = (code: string, message = "") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>R</RequestId></Error>`;
const json = (code: string, message = "") => JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message });

const s3 = (
  status: number,
  body: string,
  headers: Record<string, string> = { "x-amz-request-id": "R" },
): ProbeAnswer => ({
  status,
  headers,
  body,
});
const dynamodb = (status: number, body: string): ProbeAnswer => ({
  status,
  headers: { "x-amzn-requestid": "R" },
  body,
});

const ofS3 = (answer: ProbeAnswer) => judgeDenial("s3", answer, ["s3:GetObject"]).verdict;
const ofDynamoDb = (answer: ProbeAnswer) => judgeDenial("dynamodb", answer, ["dynamodb:GetItem"]).verdict;

describe("denied", () => {
  test.each([
    ["S3, with the action", ofS3(s3(403, xml("AccessDenied", refusal("s3:GetObject"))))],
    ["S3, without it", ofS3(s3(403, xml("AccessDenied", "Access Denied")))],
    ["DynamoDB", ofDynamoDb(dynamodb(400, json("AccessDeniedException", refusal("dynamodb:GetItem"))))],
  ])("%s", (_, verdict) => expect(verdict).toBe("denied"));
});

describe("let through", () => {
  test.each([
    ["200", ofS3(s3(200, "the bytes"))],
    ["204", ofS3(s3(204, ""))],
    ["206", ofS3(s3(206, "part"))],
    ["304", ofS3(s3(304, ""))],
    ["404 NoSuchKey", ofS3(s3(404, xml("NoSuchKey")))],
    ["404 NoSuchVersion", ofS3(s3(404, xml("NoSuchVersion")))],
    ["404 without a body", ofS3(s3(404, ""))],
    ["405 MethodNotAllowed", ofS3(s3(405, xml("MethodNotAllowed")))],
    ["409 ConditionalRequestConflict", ofS3(s3(409, xml("ConditionalRequestConflict")))],
    ["412 PreconditionFailed", ofS3(s3(412, xml("PreconditionFailed")))],
    ["416 InvalidRange", ofS3(s3(416, xml("InvalidRange")))],
    ["a denial of another action: the object is absent", ofS3(s3(403, xml("AccessDenied", refusal("s3:ListBucket"))))],
    ["a denial of its key", ofS3(s3(403, xml("AccessDenied", refusal("kms:Decrypt"))))],
    ["an item", ofDynamoDb(dynamodb(200, "{}"))],
    ["ConditionalCheckFailed", ofDynamoDb(dynamodb(400, json("ConditionalCheckFailedException")))],
    ["TransactionCanceled", ofDynamoDb(dynamodb(400, json("TransactionCanceledException")))],
    ["ResourceNotFound", ofDynamoDb(dynamodb(400, json("ResourceNotFoundException")))],
    [
      "another action of DynamoDB's",
      ofDynamoDb(dynamodb(400, json("AccessDeniedException", refusal("dynamodb:PutItem")))),
    ],
  ])("%s", (_, verdict) => expect(verdict).toBe("let-through"));
});

describe("unproven", () => {
  test.each([
    ["403 without a request id: a proxy's", ofS3(s3(403, xml("AccessDenied"), {}))],
    ["403 without a body", ofS3(s3(403, ""))],
    ["403 of another kind", ofS3(s3(403, xml("SignatureDoesNotMatch")))],
    ["403 in HTML", ofS3(s3(403, "<html><Code>AccessDenied</Code></html>"))],
    ["503 SlowDown", ofS3(s3(503, xml("SlowDown")))],
    ["500", ofS3(s3(500, ""))],
    ["a denial with the wrong status", ofS3(s3(500, xml("AccessDenied", refusal("s3:GetObject"))))],
    ["404 NoSuchBucket", ofS3(s3(404, xml("NoSuchBucket")))],
    ["ExpiredToken", ofS3(s3(400, xml("ExpiredToken")))],
    ["throttled", ofDynamoDb(dynamodb(400, json("ThrottlingException")))],
    ["no JSON", ofDynamoDb(dynamodb(400, "AccessDeniedException"))],
    ["DynamoDB's code from S3", ofS3(s3(403, xml("AccessDeniedException")))],
  ])("%s", (_, verdict) => expect(verdict).toBe("unproven"));
});

test("no answer counts but the service's own AccessDenied for that very action", () => {
  const action = "s3:GetObject";
  const message = fc.oneof(
    fc.constantFrom("Access Denied", refusal(action), refusal("s3:GetObjectVersion"), refusal("s3:ListBucket")),
    fc.string(),
  );
  const code = fc.oneof(
    fc.constantFrom("AccessDenied", "AccessDeniedException", "NoSuchKey", "accessdenied"),
    fc.string(),
  );
  const body = fc.oneof(
    fc.tuple(code, message).map(([one, two]) => xml(one, two)),
    fc.tuple(code, message).map(([one, two]) => json(one, two)),
    fc.string(),
    fc.json(),
  );
  const headers = fc.constantFrom({}, { "x-amz-request-id": "R" }, { "x-amzn-requestid": "R" });
  const answers = fc.record({
    status: fc.oneof(fc.constantFrom(200, 400, 403, 404), fc.integer({ min: 200, max: 599 })),
    headers,
    body,
  });
  fc.assert(
    fc.property(answers, fc.constantFrom("s3" as const, "dynamodb" as const), (answer, service) => {
      const judged = judgeDenial(service, answer as ProbeAnswer, [action]);
      if (judged.verdict !== "denied") return;
      expect(Object.keys(answer.headers)).toHaveLength(1);
      expect(answer.status).toBe(service === "s3" ? 403 : 400);
      expect(answer.body).toContain(service === "s3" ? "<Code>AccessDenied</Code>" : "AccessDeniedException");
      expect([null, action]).toContain(judged.named);
      // What it says of another action is never taken for this one's.
      expect(/perform: (s3:(?!GetObject\b)\w+)/.test(judged.detail ?? "")).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
