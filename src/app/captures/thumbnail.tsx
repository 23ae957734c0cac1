import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { captureIcon } from "../../ui/captures/capture-kind.ts";
import { Icon } from "../../ui/icon.tsx";
import { previewKind } from "./preview-kind.ts";
import type { Thumbnails } from "./thumbnails.ts";

/** Who scrolls past does not want it. */
const pause = 60;

/** A small picture of a capture; its kind's icon until there is one, and where there is none. Only what is in sight asks for it. */
export function Thumbnail({ row, thumbnails }: { row: CaptureRow; thumbnails: Thumbnails }) {
  const url = useSignal<string | null>(null);
  const shown = previewKind(row);
  const drawn = shown === "image" || shown === "video";
  // Before the paint: what was made already does not flicker.
  useLayoutEffect(() => {
    if (!drawn) return;
    const show = (image: Blob | null) => {
      if (image !== null) url.value = URL.createObjectURL(image);
    };
    const leave = () => {
      if (url.peek() !== null) URL.revokeObjectURL(url.peek() ?? "");
      url.value = null;
    };
    const known = thumbnails.known(row.id);
    if (known !== undefined) {
      show(known);
      return leave;
    }
    let takeBack: (() => void) | null = null;
    let gone = false;
    const timer = setTimeout(() => {
      takeBack = thumbnails.want(row.id, (image) => !gone && show(image));
    }, pause);
    return () => {
      gone = true;
      clearTimeout(timer);
      takeBack?.();
      leave();
    };
  }, [row.id, drawn]);
  return (
    <div class="thumbnail">
      {url.value === null ? (
        <Icon name={captureIcon(row.kind)} />
      ) : (
        // The name stands beside it.
        <img
          src={url.value}
          alt=""
          decoding="async"
          draggable={false}
          onError={() => {
            url.value = null;
          }}
        />
      )}
    </div>
  );
}
