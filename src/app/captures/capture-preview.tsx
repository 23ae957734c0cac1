import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { captureIcon } from "../../ui/captures/capture-kind.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { byteSize } from "../../ui/format/byte-size.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { useCommand } from "../../ui/state/use-command.ts";
import { previewFetch, previewKind } from "./preview-kind.ts";

/** Characters of a text: more than one reads in a pane. */
const mostText = 200_000;
/** So much higher than wide, it is scrolled rather than made thin. */
const tall = 2;

interface PreviewProps {
  owner: Owner;
  row: CaptureRow;
}

/** What was captured, where it can be shown without becoming part of this page. Give it a key per capture. */
export function CapturePreview({ owner, row }: PreviewProps) {
  const how = previewKind(row);
  if (how === "page") return <NoPreview row={row} text={t("preview_page")} />;
  if (how === "none") return row.kind === "bookmark" ? null : <NoPreview row={row} text={t("preview_none")} />;
  if (previewFetch(row.size) === "never") return <NoPreview row={row} text={t("preview_large")} />;
  return <Loaded owner={owner} row={row} />;
}

function NoPreview({ row, text, children }: { row: CaptureRow; text: string; children?: ComponentChildren }) {
  return (
    <div class="preview none">
      <Icon name={captureIcon(row.kind)} />
      {text !== "" && <p class="small muted">{text}</p>}
      {children}
    </div>
  );
}

function Loaded({ owner, row }: PreviewProps) {
  const bytes = useSignal<Blob | null>(null);
  const read = useCommand(async () => {
    bytes.value = (await call("captures.read", { profile: owner.profile, id: row.id })).bytes;
  });
  useEffect(() => {
    if (previewFetch(row.size) === "by-itself") void read.run();
  }, []);
  if (read.error !== null) return <ErrorPanel error={read.error} onRetry={() => void read.run()} />;
  if (bytes.value !== null) return <Shown row={row} bytes={bytes.value} />;
  const text = previewKind(row) === "text";
  return (
    <div class={text ? "preview text" : "preview none"} style={text ? {} : ratioOf(row)}>
      {previewFetch(row.size) === "asked" && (
        <Button icon="play" busy={read.pending} onClick={() => read.run()}>
          {t("preview_show", byteSize(row.size))}
        </Button>
      )}
    </div>
  );
}

/** The room that a picture will take: nothing moves when it comes. */
function ratioOf({ dimensions }: CaptureRow): { aspectRatio?: string } {
  return dimensions === null ? {} : { aspectRatio: `${dimensions.width} / ${dimensions.height}` };
}

function Shown({ row, bytes }: { row: CaptureRow; bytes: Blob }) {
  const how = previewKind(row);
  const url = useSignal<string | null>(null);
  const text = useSignal("");
  const unreadable = useSignal(false);
  useEffect(() => {
    if (how === "text") {
      bytes.text().then(
        (whole) => {
          text.value = whole.slice(0, mostText);
        },
        () => {
          unreadable.value = true;
        },
      );
      return;
    }
    const made = URL.createObjectURL(new Blob([bytes], { type: row.type }));
    url.value = made;
    return () => URL.revokeObjectURL(made);
  }, [bytes, how, row.type]);
  const failed = () => {
    unreadable.value = true;
  };
  if (unreadable.value) return <NoPreview row={row} text={t("preview_unreadable")} />;
  if (how === "text") {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      <pre class="preview text" dir="auto" tabIndex={0}>
        {text.value}
      </pre>
    );
  }
  const { width, height } = row.dimensions ?? { width: 1, height: 1 };
  const scrolls = how === "image" && height / width > tall;
  return (
    <div
      class={`preview ${how} ${scrolls ? "tall" : ""}`}
      style={scrolls ? {} : ratioOf(row)}
      {...(scrolls ? { tabIndex: 0, role: "region", "aria-label": captureName(row) } : {})}
    >
      {url.value !== null && how === "image" && <img src={url.value} alt={captureName(row)} onError={failed} />}
      {url.value !== null && how === "video" && (
        // biome-ignore lint/a11y/useMediaCaption: somebody else's recording, which came without captions
        <video src={url.value} controls preload="metadata" onError={failed} />
      )}
      {url.value !== null && how === "audio" && (
        // biome-ignore lint/a11y/useMediaCaption: see above
        <audio src={url.value} controls preload="metadata" onError={failed} />
      )}
    </div>
  );
}
