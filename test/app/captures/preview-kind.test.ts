import { expect, test } from "vitest";
import { previewFetch, previewKind } from "../../../src/app/captures/preview-kind.ts";

test.each([
  ["image", "image/svg+xml", "image"],
  ["screenshot", "image/png", "image"],
  ["video", "video/webm; codecs=vp9", "video"],
  ["audio", "audio/ogg", "audio"],
  ["selection", "text/markdown", "text"],
  ["selection", "text/plain;charset=utf-8", "text"],
  ["page", "multipart/related", "page"],
  ["page", "text/html", "page"],
  ["link", "Text/HTML; charset=utf-8", "page"],
  ["link", "application/xhtml+xml", "page"],
  ["link", "application/pdf", "none"],
  ["bookmark", "text/plain", "none"],
  ["link", "", "none"],
] as const)("%s of type %s is shown as %s", (kind, type, shown) => expect(previewKind({ kind, type })).toBe(shown));

test("large ones are fetched when somebody asks, larger ones not", () => {
  expect([10_000_000, 10_000_001, 64_000_000, 64_000_001].map(previewFetch)).toEqual([
    "by-itself",
    "asked",
    "asked",
    "never",
  ]);
});
