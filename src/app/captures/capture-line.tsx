import { captureIcon, captureKindName } from "../../ui/captures/capture-kind.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { byteSize } from "../../ui/format/byte-size.ts";
import { Icon } from "../../ui/icon.tsx";
import { openMenu } from "../../ui/menu.tsx";
import { Time } from "../../ui/time.tsx";
import { captureMenu } from "./capture-menu.ts";
import { type CaptureCellProps, MoreButton } from "./capture-tile.tsx";

/** A capture in the list, in the looks of every list's rows. */
export function CaptureLine({ row, index, open, tabbable, onActive, actions }: CaptureCellProps) {
  const name = captureName(row);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on rows that are grids
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    <div
      class="row capture-line"
      role="row"
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
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row is what takes the focus */}
      <div class="cell c0" role="gridcell">
        <Icon name={captureIcon(row.kind)} label={captureKindName(row.kind)} />
        <bdi class="clip" title={name}>
          {name}
        </bdi>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div class="cell c1" role="gridcell">
        <bdi class="clip" dir="ltr">
          {row.site}
        </bdi>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div class="cell c2 line-size" role="gridcell">
        {byteSize(row.size)}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div class="cell c2 line-time" role="gridcell">
        <Time at={row.at} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus */}
      <div class="cell row-actions" role="gridcell">
        <MoreButton row={row} actions={actions} />
      </div>
    </div>
  );
}
