import type { ItemRow } from "../../messaging/view.ts";
import { itemSummary } from "../format/item-summary.ts";
import { Icon } from "../icon.tsx";

/** An item in a list: its sort key, and what it holds in one line. */
export function itemCells({ sortKey, attributes }: ItemRow) {
  return [
    <>
      <Icon name="item" />
      <bdi class="clip" title={sortKey}>
        {sortKey}
      </bdi>
    </>,
    <bdi key="summary" class="clip">
      {itemSummary(attributes)}
    </bdi>,
  ];
}
