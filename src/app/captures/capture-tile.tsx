import { t } from "../../platform/i18n.ts";
import { IconButton } from "../../ui/button.tsx";
import { captureIcon, captureKindName } from "../../ui/captures/capture-kind.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { Icon } from "../../ui/icon.tsx";
import { openMenu } from "../../ui/menu.tsx";
import { Time } from "../../ui/time.tsx";
import { CaptureCell, type CaptureCellProps } from "./capture-cell.tsx";
import { captureMenu } from "./capture-menu.ts";
import { Thumbnail } from "./thumbnail.tsx";
import type { Thumbnails } from "./thumbnails.ts";

/** A capture in the gallery: how it looks, what it is called, from where and when. */
export function CaptureTile({ thumbnails, ...cell }: CaptureCellProps & { thumbnails: Thumbnails }) {
  const { row, actions } = cell;
  const name = captureName(row);
  return (
    <CaptureCell class="tile" role="gridcell" {...cell}>
      <Thumbnail row={row} thumbnails={thumbnails} />
      <p class="clip tile-name" title={name}>
        <bdi>{name}</bdi>
      </p>
      <div class="tile-origin small muted">
        <Icon name={captureIcon(row.kind)} label={captureKindName(row.kind)} />
        <span class="clip grow">
          <bdi dir="ltr">{row.site}</bdi>
        </span>
        <Time at={row.at} />
      </div>
      <MoreButton row={row} actions={actions} />
    </CaptureCell>
  );
}

export function MoreButton({ row, actions }: Pick<CaptureCellProps, "row" | "actions">) {
  const name = captureName(row);
  return (
    <IconButton
      icon="more"
      class="capture-more"
      label={t("menu_of", name)}
      tabIndex={-1}
      aria-haspopup="menu"
      onClick={(event) => {
        event.stopPropagation();
        openMenu(event.currentTarget, name, captureMenu(row, actions));
      }}
    />
  );
}
