import type { CaptureRow } from "../../messaging/captures-view.ts";

/** How a capture can be shown here. `page`: markup of others, which never becomes part of this page. */
export type PreviewKind = "image" | "video" | "audio" | "text" | "page" | "none";

/** Bytes that the background gives to be shown (captures-protocol.ts). */
const mostShown = 64_000_000;
/** Bytes that are fetched without being asked for: one looks at many. */
const mostByItself = 10_000_000;

const pageTypes: ReadonlySet<string> = new Set([
  "text/html",
  "application/xhtml+xml",
  "multipart/related",
  "message/rfc822",
  "application/x-mimearchive",
]);

export function previewKind({ kind, type }: Pick<CaptureRow, "kind" | "type">): PreviewKind {
  const essence = type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (pageTypes.has(essence)) return "page";
  // A bookmark's file says nothing that its address does not.
  if (kind === "bookmark") return "none";
  if (essence.startsWith("image/")) return "image";
  if (essence.startsWith("video/")) return "video";
  if (essence.startsWith("audio/")) return "audio";
  return essence === "text/markdown" || essence === "text/plain" ? "text" : "none";
}

/** Whether the bytes are fetched as soon as the capture is opened, at a click, or not at all. */
export function previewFetch(size: number): "by-itself" | "asked" | "never" {
  if (size > mostShown) return "never";
  return size > mostByItself ? "asked" : "by-itself";
}
