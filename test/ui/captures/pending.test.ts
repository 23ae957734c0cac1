import "../fake-extension.ts";
import { expect, test } from "vitest";
import type { PendingCapture } from "../../../src/messaging/captures-view.ts";
import { captureName } from "../../../src/ui/captures/capture-name.ts";
import { pendingShare, pendingStatus } from "../../../src/ui/captures/pending-status.ts";

const pending: PendingCapture = {
  id: "01JBQ2X8ZC3N4W9E5T7R6Y1KMA",
  kind: "image",
  url: "https://pictures.example/a/harbour%20at%20dawn.jpg?w=3000",
  page: "https://notes.example/",
  site: "notes.example",
  title: "",
  at: 0,
  state: "taking",
  received: 0,
  total: null,
  error: null,
  offers: [],
  tags: [],
  note: "",
};

test.each([
  [{ title: " Harbour ", url: "https://a.example/b" }, "Harbour"],
  [{ title: "", url: pending.url }, "harbour at dawn.jpg"],
  [{ title: "", url: "https://a.example/" }, "a.example"],
  [{ title: "", url: "https://a.example/%E0%A4%A" }, "%E0%A4%A"],
  [{ title: "", url: "data:image/png;base64,AAAA" }, "data:"],
  [{ title: "", url: "not an address" }, "not an address"],
])("%o is called %s", (capture, name) => expect(captureName(capture)).toBe(name));

test("says what it does, and how far it is", () => {
  expect(pendingStatus(pending)).toBe("capture_fetching");
  expect(pendingStatus({ ...pending, received: 500_000 })).toBe("capture_fetched 500 kB");
  const half = { ...pending, received: 1_000_000, total: 2_000_000 };
  expect(pendingStatus(half)).toBe("capture_fetched share_of 1 MB 2 MB");
  expect(pendingShare(half)).toBe(0.5);
});

test("pixels of a screenshot are no bytes", () => {
  const drawing = { ...pending, kind: "page-screenshot" as const, received: 5000, total: 20_000 };
  expect(pendingStatus(drawing)).toBe("capture_drawing");
  expect(pendingShare(drawing)).toBe(0.25);
});

test("what rests shows no bar; what has no end in sight shows one without a value", () => {
  expect(pendingShare({ ...pending, state: "kept" })).toBeUndefined();
  expect(pendingShare({ ...pending, state: "failed" })).toBeUndefined();
  expect(pendingShare({ ...pending, state: "sending", received: 5, total: 5 })).toBeNull();
  expect(pendingShare(pending)).toBeNull();
  expect(pendingShare({ ...pending, received: 9, total: 5 })).toBe(1);
});
