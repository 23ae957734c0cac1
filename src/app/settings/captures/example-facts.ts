import type { CaptureKind, CaptureSettings } from "../../../messaging/captures-view.ts";
import { t } from "../../../platform/i18n.ts";
import type { CaptureFacts } from "../../../shared/naming/variables.ts";

type Formats = Pick<CaptureSettings, "page" | "selection">;

const files: Record<CaptureKind, (formats: Formats) => { name: string; type: string; extension: string }> = {
  image: () => ({ name: "lake-at-dawn", type: "image/jpeg", extension: "jpg" }),
  video: () => ({ name: "ferry", type: "video/mp4", extension: "mp4" }),
  audio: () => ({ name: "birdsong", type: "audio/mpeg", extension: "mp3" }),
  link: () => ({ name: "map", type: "application/pdf", extension: "pdf" }),
  selection: ({ selection }) =>
    selection === "markdown"
      ? { name: "", type: "text/markdown", extension: "md" }
      : { name: "", type: "text/plain", extension: "txt" },
  page: ({ page }) =>
    page === "mhtml"
      ? { name: "", type: "multipart/related", extension: "mhtml" }
      : { name: "", type: "text/html", extension: "html" },
  screenshot: () => ({ name: "", type: "image/png", extension: "png" }),
  "page-screenshot": () => ({ name: "", type: "image/png", extension: "png" }),
  bookmark: () => ({ name: "", type: "application/internet-shortcut", extension: "url" }),
};

/** A capture as it might be, to show a name. @param site of a rule */
export function exampleFacts(kind: CaptureKind, site: string, formats: Formats): CaptureFacts {
  const host = site.trim().replace(/^\*\./, "www.") || "www.example.com";
  const page = `https://${host}/walks/lake.html`;
  const file = files[kind](formats);
  return {
    ...file,
    kind,
    url: file.name === "" ? page : `https://media.${host}/${file.name}.${file.extension}`,
    page,
    title: t("template_example_title"),
    site: host,
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    at: Date.now(),
    id: "01ARYZ6S41TSV4RRFFQ69G5FAV",
    counter: 7,
  };
}
