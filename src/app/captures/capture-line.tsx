import { captureIcon, captureKindName } from "../../ui/captures/capture-kind.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { byteSize } from "../../ui/format/byte-size.ts";
import { Icon } from "../../ui/icon.tsx";
import { Time } from "../../ui/time.tsx";
import { CaptureCell, type CaptureCellProps } from "./capture-cell.tsx";
import { MoreButton } from "./capture-tile.tsx";

/** A capture in the list, in the looks of every list's rows. */
export function CaptureLine(props: CaptureCellProps) {
  const { row, actions } = props;
  const name = captureName(row);
  return (
    <CaptureCell class="row capture-line" role="row" {...props}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on rows that are grids */}
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
    </CaptureCell>
  );
}
