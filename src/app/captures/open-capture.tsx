import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { captureName } from "../../ui/captures/capture-name.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { useCommand } from "../../ui/state/use-command.ts";
import { Details } from "../details.tsx";
import { CaptureDetails } from "./capture-details.tsx";
import type { CaptureActions } from "./capture-menu.ts";

interface OpenCaptureProps {
  owner: Owner;
  id: string;
  /** That of the list, where it is among those that are loaded. */
  listed: CaptureRow | undefined;
  known: string[];
  actions: CaptureActions;
  onChanged: (row: CaptureRow) => void;
  onClose: () => void;
}

/** The capture that is open, in the list or not. Give it a key per capture. */
export function OpenCapture({ owner, id, listed, known, actions, onChanged, onClose }: OpenCaptureProps) {
  const own = useSignal<CaptureRow | null>(listed ?? null);
  const get = useCommand(async () => {
    own.value = await call("captures.get", { profile: owner.profile, id });
  });
  useEffect(() => {
    if (own.peek() === null) void get.run();
  }, []);
  // Filtered away or beyond what is loaded, it stays open as it was.
  if (listed !== undefined && own.peek() !== listed) own.value = listed;
  const row = own.value;
  if (row === null && get.error === null) return null;
  return (
    <Details title={row === null ? t("capture_open") : captureName(row)} onClose={onClose}>
      {row === null && get.error?.code === "item-missing" && <EmptyState icon="camera" text={t("capture_missing")} />}
      {row === null && get.error !== null && get.error.code !== "item-missing" && (
        <ErrorPanel error={get.error} onRetry={() => void get.run()} />
      )}
      {row !== null && (
        <CaptureDetails
          owner={owner}
          row={row}
          known={known}
          actions={actions}
          onChanged={(next) => {
            own.value = next;
            onChanged(next);
          }}
        />
      )}
    </Details>
  );
}
