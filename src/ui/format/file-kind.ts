import type { IconName } from "../icon-paths.ts";

const kinds: [IconName, string][] = [
  ["file-image", "png jpg jpeg gif webp avif svg heic tif tiff bmp ico"],
  ["file-audio", "mp3 m4a aac ogg oga opus flac wav"],
  ["file-video", "mp4 m4v mov webm mkv avi"],
  ["file-archive", "zip gz tgz tar bz2 xz zst 7z rar"],
  ["file-code", "json yaml yml toml xml html css js ts tsx jsx py rs go java c h cpp rb sh sql"],
  ["file-text", "txt md pdf doc docx odt rtf csv tsv log xls xlsx ods ppt pptx odp"],
];

const byExtension = new Map(kinds.flatMap(([icon, list]) => list.split(" ").map((extension) => [extension, icon])));

/** The part after the last dot of the name, lower case; empty when there is none. */
export function extensionOf(path: string): string {
  return /[^/]\.([^./\s]{1,8})$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

/** The icon of the kind of file that the name promises. */
export function fileIcon(path: string): IconName {
  return byExtension.get(extensionOf(path)) ?? "file";
}

/** The last segment of a path; of a folder's path the one before the closing slash. */
export function baseName(path: string): string {
  const trimmed = path.endsWith("/") ? path.slice(0, -1) : path;
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}
