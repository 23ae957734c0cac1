import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { IconButton } from "../../ui/button.tsx";
import { errorText } from "../../ui/error-text.ts";
import { FileName } from "../../ui/file-name.tsx";
import { byteSize } from "../../ui/format/byte-size.ts";
import { count } from "../../ui/format/count.ts";
import { openMenu } from "../../ui/menu.tsx";
import { MendButtons } from "../../ui/transfers/mend-buttons.tsx";
import { hasEnded, isConflict, isQuestion, needsPerson } from "../../ui/transfers/transfer-kind.ts";
import { TransferButtons, TransferIcon, TransferProgress } from "../../ui/transfers/transfer-parts.tsx";
import { transferNumbers, transferStatus } from "../../ui/transfers/transfer-status.ts";
import { transferMenu } from "./transfer-menu.ts";

interface TransferRowProps {
  row: TransferView;
  index: number;
  rows: TransferView[];
  tabbable: boolean;
  onActive: () => void;
  onDetails: (row: TransferView) => void;
}

/** A transfer in the whole list: what, where, how far, and what can be done with it. */
export function TransferRow({ row, index, rows, tabbable, onActive, onDetails }: TransferRowProps) {
  const asking = needsPerson(row);
  const question = isQuestion(row);
  const menu = (anchor: HTMLElement, point?: { x: number; y: number }) =>
    openMenu(anchor, row.name, transferMenu(row, { rows, index, onDetails }), point ?? null);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would force its own layout on rows that are grids
    <div
      class={`transfer-row ${question ? "asking question" : asking ? "asking" : row.state}`}
      role="row"
      aria-rowindex={index + 1}
      tabIndex={tabbable ? 0 : -1}
      data-index={index}
      onFocusIn={onActive}
      onContextMenu={(event) => {
        event.preventDefault();
        menu(event.currentTarget, { x: event.clientX, y: event.clientY });
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row is what takes the focus */}
      <div class="transfer-what" role="gridcell">
        <TransferIcon transfer={row} />
        <div class="transfer-names">
          <FileName name={row.name} />
          <p
            class={`small ${question ? "warn" : asking ? "bad" : "muted"} transfer-says`}
            title={asking ? says(row) : ""}
          >
            {says(row)}
          </p>
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div class={asking ? "transfer-mend" : "transfer-far"} role="gridcell">
        {asking ? <MendButtons transfer={row} /> : <Numbers row={row} />}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div class="transfer-orders" role="gridcell">
        <TransferButtons transfer={row} tabIndex={-1} />
        <IconButton
          icon="more"
          label={t("menu_of", row.name)}
          tabIndex={-1}
          aria-haspopup="menu"
          onClick={(event) => menu(event.currentTarget)}
        />
      </div>
    </div>
  );
}

function Numbers({ row }: { row: TransferView }) {
  return (
    <>
      <span class="small muted clip">{hasEnded(row) ? byteSize(row.size) : transferNumbers(row)}</span>
      {begun(row) && <TransferProgress transfer={row} />}
    </>
  );
}

/** Nothing of it was moved yet: an empty bar would say nothing. */
const begun = (row: TransferView) =>
  !hasEnded(row) && (row.sent > 0 || row.state === "running" || row.state === "staging");

/** State and folder; what asks for the person says what to do as well. */
function says(row: TransferView): string {
  const { error, path, files } = row;
  if (isConflict(row)) return t("name_taken");
  if (needsPerson(row) && error !== null) {
    // The name stands above: what the file needs is enough.
    const { what, fix } = errorText(error);
    return error.code === "file-needed" ? `${transferStatus(row)}. ${fix}` : `${what} ${fix}`;
  }
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return [transferStatus(row), files > 1 && t("n_files", count(files)), folder].filter(Boolean).join(" · ");
}
