import type { CaptureRow } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { IconButton } from "../../ui/button.tsx";
import { captureKindName } from "../../ui/captures/capture-kind.ts";
import { webLink } from "../../ui/captures/web-link.ts";
import { Fact } from "../../ui/fact.tsx";
import { sizeInFull } from "../../ui/format/byte-size.ts";
import { count } from "../../ui/format/count.ts";
import { exactTime } from "../../ui/format/relative-time.ts";
import { copyText } from "./capture-menu.ts";

/** Everything known about a capture. */
export function CaptureFacts({ row }: { row: CaptureRow }) {
  const { kind, page, url, type, size, dimensions, sha256, at, path, missing } = row;
  return (
    <dl class="facts capture-facts">
      <Fact label={t("fact_page")}>
        <Address url={page} />
      </Fact>
      {url !== page && (
        <Fact label={t("fact_address")}>
          <Address url={url} />
        </Fact>
      )}
      <Fact label={t("fact_kind")}>
        {captureKindName(kind)}
        {type !== "" && (
          <>
            {", "}
            <bdi class="mono">{type}</bdi>
          </>
        )}
      </Fact>
      <Fact label={t("fact_size")}>{sizeInFull(size)}</Fact>
      {dimensions && (
        <Fact label={t("fact_dimensions")}>{t("dimensions", count(dimensions.width), count(dimensions.height))}</Fact>
      )}
      {missing > 0 && (
        <Fact label={t("fact_missing")}>{missing === 1 ? t("missing_one") : t("missing", count(missing))}</Fact>
      )}
      <Fact label={t("fact_captured")}>{exactTime(at)}</Fact>
      <Fact label={t("fact_path")}>
        <bdi class="mono">{path}</bdi>
      </Fact>
      <Fact label={t("fact_sha256")}>
        <span class="hash">
          <span class="mono">{sha256}</span>
          <IconButton icon="copy" label={t("copy_sha256")} onClick={() => void copyText(sha256)} />
        </span>
      </Fact>
    </dl>
  );
}

/** An address of the web opens in a tab of its own, which does not learn from where; others are text. */
function Address({ url }: { url: string }) {
  const href = webLink(url);
  if (href === null) return <bdi class="mono address">{url}</bdi>;
  return (
    <a class="address" href={href} target="_blank" rel="noopener noreferrer" title={url}>
      <bdi>{url}</bdi>
    </a>
  );
}
