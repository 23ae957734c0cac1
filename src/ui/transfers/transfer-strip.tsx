import type { TransfersView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { ErrorPanel } from "../error-panel.tsx";
import { AddingRow } from "./adding-row.tsx";
import { CompactRow } from "./compact-row.tsx";
import { ConflictsRow } from "./conflicts-row.tsx";
import { RefusalList } from "./refusal-list.tsx";
import { hasStrip, stripRows } from "./strip-content.ts";
import { StripSummary } from "./strip-summary.tsx";

interface TransferStripProps {
  transfers: TransfersView;
  /** To the whole list. */
  onAll: () => void;
  /** The browser's file picker cannot be used here: the whole list has one. */
  pickElsewhere?: boolean;
}

/** What moves or needs the person, in a few lines; nothing when there is nothing to tell. */
export function TransferStrip({ transfers, onAll, pickElsewhere = false }: TransferStripProps) {
  if (!hasStrip(transfers)) return null;
  const rows = stripRows(transfers);
  return (
    <section class="transfers" aria-label={t("transfers")}>
      {transfers.problem && <ErrorPanel error={transfers.problem} />}
      <AddingRow />
      <RefusalList most={2} />
      <ConflictsRow transfers={transfers} />
      <ul>
        {rows.map((transfer) => (
          <CompactRow key={transfer.id} transfer={transfer} instead={pickElsewhere ? onAll : undefined} />
        ))}
      </ul>
      <StripSummary totals={transfers.totals} shown={rows.length} onAll={onAll} />
    </section>
  );
}
