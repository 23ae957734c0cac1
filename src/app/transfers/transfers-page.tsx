import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { TransfersView, TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { goTo } from "../route.ts";
import { TransferList } from "./transfer-list.tsx";
import { TransfersHead } from "./transfers-head.tsx";
import { TransfersNotices } from "./transfers-notices.tsx";
import { useTransferRows } from "./use-transfer-rows.ts";

interface TransfersPageProps {
  transfers: TransfersView;
  notices: ComponentChildren;
}

/** Every upload and download of the person: how far they are, what they need, in which order they go. */
export function TransfersPage({ transfers, notices }: TransfersPageProps) {
  const rows = useTransferRows(transfers);
  const details = useSignal<TransferView | null>(null);
  const close = () => {
    details.value = null;
  };
  return (
    <div class="place">
      <main class="place-main transfers-page">
        <TransfersHead totals={transfers.totals} />
        {notices}
        <TransfersNotices transfers={transfers} />
        {rows.total > 0 ? (
          <TransferList {...rows} onDetails={(row) => (details.value = row)} />
        ) : (
          <EmptyState icon="transfers" text={t("empty_transfers")}>
            <Button icon="folder" onClick={() => goTo({ page: "files", prefix: "", file: null })}>
              {t("open_files")}
            </Button>
          </EmptyState>
        )}
      </main>
      {details.value?.error && (
        <Dialog title={details.value.name} onClose={close}>
          <ErrorPanel error={details.value.error} />
        </Dialog>
      )}
    </div>
  );
}
