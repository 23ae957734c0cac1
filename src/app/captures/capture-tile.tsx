import type { CaptureRow } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { IconButton } from "../../ui/button.tsx";
import { captureIcon, captureKindName } from "../../ui/captures/capture-kind.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { Icon } from "../../ui/icon.tsx";
import { openMenu } from "../../ui/menu.tsx";
import { Time } from "../../ui/time.tsx";
import { type CaptureActions, captureMenu } from "./capture-menu.ts";
import { Thumbnail } from "./thumbnail.tsx";
import type { Thumbnails } from "./thumbnails.ts";

export interface CaptureCellProps {
  row: CaptureRow;
  index: number;
  /** Open beside the list. */
  open: boolean;
  tabbable: boolean;
  onActive: () => void;
  actions: CaptureActions;
}

/** A capture in the gallery: how it looks, what it is called, from where and when. */
export function CaptureTile(props: CaptureCellProps & { thumbnails: Thumbnails }) {
  const { row, index, open, tabbable, onActive, actions, thumbnails } = props;
  const name = captureName(row);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on tiles
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    <div
      class="tile"
      role="gridcell"
      tabIndex={tabbable ? 0 : -1}
      aria-selected={open}
      data-index={index}
      onFocusIn={onActive}
      onClick={() => actions.open(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(event.currentTarget, name, captureMenu(row, actions), { x: event.clientX, y: event.clientY });
      }}
    >
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
    </div>
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
