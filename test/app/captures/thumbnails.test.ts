import { expect, test } from "vitest";
import { createThumbnails } from "../../../src/app/captures/thumbnails.ts";

/** Loads that end when the test says so. */
function loads() {
  const begun: { id: string; end: (image: Blob | null) => void; fail: () => void }[] = [];
  const load = (id: string) =>
    new Promise<Blob | null>((end, reject) => {
      begun.push({ id, end, fail: () => reject(new Error("no")) });
    });
  return { begun, load, ids: () => begun.map(({ id }) => id) };
}

const image = new Blob(["x"]);
const settle = () => new Promise((resolve) => setTimeout(resolve));

test("four at once, and what was looked at last comes first", async () => {
  const { begun, load, ids } = loads();
  const thumbnails = createThumbnails(load);
  for (const id of "abcdefgh") thumbnails.want(id, () => {});
  expect(ids()).toEqual(["a", "b", "c", "d"]);
  begun[0]?.end(image);
  await settle();
  expect(ids().at(-1)).toBe("h");
});

test("what is out of sight again is not made", async () => {
  const { begun, load, ids } = loads();
  const thumbnails = createThumbnails(load);
  const backs = [..."abcdefgh"].map((id) => thumbnails.want(id, () => {}));
  for (const back of backs.slice(4)) back();
  for (const { end } of begun) end(null);
  await settle();
  expect(ids()).toEqual(["a", "b", "c", "d"]);
});

test("it is made once, and known that there is none", async () => {
  const { begun, load } = loads();
  const thumbnails = createThumbnails(load);
  const shown: (Blob | null)[] = [];
  thumbnails.want("a", (made) => shown.push(made));
  thumbnails.want("b", (made) => shown.push(made));
  begun[0]?.end(image);
  begun[1]?.end(null);
  await settle();
  expect(shown).toEqual([image, null]);
  expect([thumbnails.known("a"), thumbnails.known("b"), thumbnails.known("c")]).toEqual([image, null, undefined]);
});

test("a failure is not remembered", async () => {
  const { begun, load } = loads();
  const thumbnails = createThumbnails(load);
  thumbnails.want("a", () => {});
  begun[0]?.fail();
  await settle();
  expect(thumbnails.known("a")).toBeUndefined();
});
