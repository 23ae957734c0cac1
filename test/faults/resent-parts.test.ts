import { describe, expect, test } from "vitest";
import { givenUp, sentAgain } from "./resent-parts.ts";

const part = (partNumber: number, at: number, status = 200, uploadId = "one") => ({
  operation: "UploadPart",
  key: "alice/a.bin",
  uploadId,
  partNumber,
  status,
  at,
  ms: 100,
});
const listed = (at: number) => ({
  operation: "ListParts",
  key: "alice/a.bin",
  uploadId: "one",
  status: 200,
  at,
  ms: 5,
});

describe("parts that were acknowledged and sent again", () => {
  test("none, when each went out once, or again after no answer", () => {
    expect(
      sentAgain([part(1, 0), part(2, 0), part(3, 0, 503), part(3, 500), part(4, 0, 0), part(4, 200)]),
    ).toHaveLength(0);
  });

  test("each of them counts", () => {
    expect(sentAgain([part(1, 0), part(1, 500), part(1, 900), part(2, 0)])).toHaveLength(2);
  });

  test("not what was under way when S3 was asked", () => {
    expect(sentAgain([part(1, 0), listed(50), part(1, 200)])).toHaveLength(0);
  });

  test("but what S3 had told of, and what it was not asked about since", () => {
    expect(sentAgain([part(1, 0), listed(150), part(1, 200)])).toHaveLength(1);
    expect(sentAgain([listed(0), part(1, 10), part(1, 200)])).toHaveLength(1);
  });

  test("not what was under way when the host was killed, but what was answered long before", () => {
    expect(sentAgain([part(1, 0), part(1, 500)], [{ at: 50, end: 60 }])).toHaveLength(0);
    expect(sentAgain([part(1, 0), part(1, 900)], [{ at: 600, end: 610 }])).toHaveLength(1);
  });

  test("not what was sent twice at once", () => {
    expect(sentAgain([part(1, 0), part(1, 50)])).toHaveLength(0);
  });
});

describe("parts of an upload that was given up", () => {
  const keys = new Set(["alice/a.bin"]);

  test("count when another one of the same key began", () => {
    expect(givenUp([part(1, 0), part(2, 10), part(3, 20, 0), part(1, 500, 200, "two")], keys)).toHaveLength(2);
  });

  test("not when there was but one, or the key is no matter", () => {
    expect(givenUp([part(1, 0), part(2, 10)], keys)).toHaveLength(0);
    expect(givenUp([part(1, 0), part(1, 500, 200, "two")], new Set())).toHaveLength(0);
  });
});
