import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseByteRange } from "../../../local/s3/requests/byte-range.ts";
import { createS3World, type S3World } from "./s3-world.ts";

const BODY = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 31) % 251));

let world: S3World;
beforeAll(async () => {
  world = await createS3World({ minimumPartSize: 1 });
  await world.call({ method: "PUT", key: "whole", body: BODY });
  await world.call({ method: "PUT", key: "empty", body: "" });
});
afterAll(() => world.end());

test("any range of an object is the same slice of its bytes", async () => {
  const position = fc.integer({ min: 0, max: 6000 });
  await fc.assert(
    fc.asyncProperty(position, position, fc.constantFrom("closed", "open", "suffix"), async (a, b, form) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)];
      const range = { closed: `bytes=${first}-${last}`, open: `bytes=${first}-`, suffix: `bytes=-${last}` }[form];
      const expected =
        form === "suffix"
          ? BODY.subarray(Math.max(0, 5000 - last))
          : BODY.subarray(first, form === "open" ? undefined : last + 1);
      const answer = await world.call({ key: "whole", headers: { range } });
      if (expected.length === 0 || (form === "suffix" && last === 0)) {
        expect(answer).toMatchObject({ status: 416, error: "InvalidRange" });
        return;
      }
      const start = form === "suffix" ? 5000 - expected.length : first;
      expect(answer.status).toBe(206);
      expect(answer.bytes.equals(expected)).toBe(true);
      expect(answer.headers["content-length"]).toBe(String(expected.length));
      expect(answer.headers["content-range"]).toBe(`bytes ${start}-${start + expected.length - 1}/5000`);
    }),
    { numRuns: 200 },
  );
});

test.each(["bytes=5-2", "bytes=a-b", "bytes=-", "items=0-1", "bytes=0-1,3-4", "0-1"])(
  "%j is ignored",
  async (range) => {
    const answer = await world.call({ key: "whole", headers: { range } });
    expect(answer.status).toBe(200);
    expect(answer.bytes).toHaveLength(5000);
  },
);

test("no range lies in an empty object", async () => {
  for (const range of ["bytes=0-0", "bytes=0-", "bytes=-1"]) {
    expect(await world.call({ key: "empty", headers: { range } })).toMatchObject({ status: 416 });
  }
  expect(parseByteRange(undefined, 0)).toBeNull();
});

test("416 says what was asked and how large the object is", async () => {
  const { text } = await world.call({ key: "whole", headers: { range: "bytes=5000-" } });
  expect(text).toContain("<RangeRequested>bytes=5000-</RangeRequested><ActualObjectSize>5000</ActualObjectSize>");
});

test("an object that was not uploaded in parts is its own part 1", async () => {
  const part = await world.call({ key: "whole", query: { partNumber: "1" } });
  expect(part).toMatchObject({ status: 206, headers: { "content-range": "bytes 0-4999/5000" } });
  expect(part.headers["x-amz-mp-parts-count"]).toBeUndefined();
  expect((await world.call({ key: "whole", query: { partNumber: "2" } })).status).toBe(416);
  const both = await world.call({ key: "whole", query: { partNumber: "1" }, headers: { range: "bytes=0-1" } });
  expect(both.error).toBe("InvalidRequest");
  expect((await world.call({ key: "whole", query: { partNumber: "0" } })).error).toBe("InvalidArgument");
});
