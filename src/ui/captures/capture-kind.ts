import type { CaptureKind } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import type { IconName } from "../icon-paths.ts";

const icons: Record<CaptureKind, IconName> = {
  image: "file-image",
  video: "file-video",
  audio: "file-audio",
  link: "link",
  selection: "file-text",
  page: "globe",
  screenshot: "camera",
  "page-screenshot": "camera",
  bookmark: "bookmark",
};

export function captureIcon(kind: CaptureKind): IconName {
  return icons[kind];
}

/** What was captured, as a word. */
export function captureKindName(kind: CaptureKind): string {
  switch (kind) {
    case "image":
      return t("capture_kind_image");
    case "video":
      return t("capture_kind_video");
    case "audio":
      return t("capture_kind_audio");
    case "link":
      return t("capture_kind_link");
    case "selection":
      return t("capture_kind_selection");
    case "page":
      return t("capture_kind_page");
    case "screenshot":
      return t("capture_kind_screenshot");
    case "page-screenshot":
      return t("capture_kind_page_screenshot");
    case "bookmark":
      return t("capture_kind_bookmark");
  }
}
