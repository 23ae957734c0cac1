import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { RowList } from "../../ui/row-list.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { deleteItem, itemActions } from "../../ui/storage/item-actions.ts";
import { itemCells } from "../../ui/storage/item-cells.tsx";
import { goTo } from "../route.ts";

interface ItemListProps {
  owner: Owner;
  rows: ItemRow[];
  selected: string | null;
  onRestored: () => void;
}

export function ItemList({ owner, rows, selected, onRestored }: ItemListProps) {
  return (
    <RowList
      label={t("items")}
      kind="items"
      columns={[t("sort_key"), t("attributes")]}
      rows={rows}
      keyOf={(row) => row.sortKey}
      nameOf={(row) => row.sortKey}
      selected={selected}
      cells={itemCells}
      actions={(row) => itemActions(owner, row, onRestored)}
      onOpen={({ sortKey }) => goTo({ page: "items", open: { sortKey } })}
      onDelete={(row) => deleteItem(owner, row, onRestored)}
    />
  );
}
