/** What a site knows a person by. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthPrefixed, type PersonAtSite, personToken } from "../../src/sites/person-token.ts";

const about: PersonAtSite = { bucket: "b", table: "t", identity: "alice", origin: "https://notes.example" };
const key = new Uint8Array(32).fill(7);
const text = fc.string({ unit: "binary", maxLength: 12 });
const anybody = fc.record({ bucket: text, table: text, identity: text, origin: text });

/** Reads the parts back, which only an encoding can that keeps them apart. */
function partsOf(bytes: Uint8Array<ArrayBuffer>): string[] {
  const view = new DataView(bytes.buffer);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + view.getUint32(at);
    parts.push(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at + 4, end)));
    at = end;
  }
  return parts;
}

test("no two people at two sites are the same bytes", () => {
  fc.assert(
    fc.property(anybody, (one) => {
      const { bucket, table, identity, origin } = one;
      expect(partsOf(lengthPrefixed(one))).toEqual(["holdall person", bucket, table, identity, origin]);
    }),
  );
});

test("22 characters, the same each time, another for whatever differs", async () => {
  const token = await personToken(key, about);
  expect(token).toMatch(/^[\w-]{22}$/);
  expect(await personToken(key, { ...about })).toBe(token);
  const others = [
    personToken(new Uint8Array(32).fill(8), about),
    ...(["bucket", "table", "identity", "origin"] as const).map((part) => personToken(key, { ...about, [part]: "x" })),
    // What joined texts would take for the same.
    personToken(key, { ...about, bucket: "bt", table: "" }),
  ];
  expect(new Set([token, ...(await Promise.all(others))]).size).toBe(7);
});
