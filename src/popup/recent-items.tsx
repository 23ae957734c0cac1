import type { ItemRow } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { itemSummary } from "../ui/format/item-summary.ts";
import { Icon } from "../ui/icon.tsx";
import { RowList } from "../ui/row-list.tsx";
import type { Owner } from "../ui/state/owner.ts";
import { deleteItem, itemActions } from "../ui/storage/item-actions.ts";

interface RecentItemsProps {
  rows: ItemRow[];
  owner: Owner;
  onOpen: (row: ItemRow) => void;
}

export function RecentItems({ rows, owner, onOpen }: RecentItemsProps) {
  return (
    <RowList
      label={t("recent_items")}
      rows={rows}
      keyOf={(row) => row.sortKey}
      nameOf={(row) => row.sortKey}
      cells={(row) => [
        <>
          <Icon name="item" />
          <bdi class="clip" title={row.sortKey}>
            {row.sortKey}
          </bdi>
        </>,
        <bdi key="summary" class="clip muted small">
          {itemSummary(row.attributes)}
        </bdi>,
      ]}
      actions={(row) => itemActions(owner, row)}
      onOpen={onOpen}
      onDelete={(row) => deleteItem(owner, row)}
    />
  );
}
