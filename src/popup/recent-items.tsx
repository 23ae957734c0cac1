import type { ItemRow } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { RowList } from "../ui/row-list.tsx";
import type { Owner } from "../ui/state/owner.ts";
import { deleteItem, itemActions } from "../ui/storage/item-actions.ts";
import { itemCells } from "../ui/storage/item-cells.tsx";

interface RecentItemsProps {
  rows: ItemRow[];
  owner: Owner;
  onOpen: (row: ItemRow) => void;
}

export function RecentItems({ rows, owner, onOpen }: RecentItemsProps) {
  return (
    <RowList
      kind="items"
      label={t("recent_items")}
      rows={rows}
      keyOf={(row) => row.sortKey}
      nameOf={(row) => row.sortKey}
      cells={itemCells}
      actions={(row) => itemActions(owner, row)}
      onOpen={onOpen}
      onDelete={(row) => deleteItem(owner, row)}
    />
  );
}
