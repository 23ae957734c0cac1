import type { PendingCapture } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { IconButton } from "../button.tsx";
import { errorText } from "../error-text.ts";
import { FileName } from "../file-name.tsx";
import { Icon } from "../icon.tsx";
import { captureIcon, captureKindName } from "./capture-kind.ts";
import { captureName } from "./capture-name.ts";
import { captureOrders } from "./capture-orders.ts";
import { OfferButtons } from "./offer-buttons.tsx";
import { pendingShare, pendingStatus } from "./pending-status.ts";

/** Captures that are not stored yet: how far they are, what they need. Needs styles/captures.css and transfers.css. */
export function PendingCaptures({ pending }: { pending: PendingCapture[] }) {
  if (pending.length === 0) return null;
  return (
    <ul class="pending-captures" aria-label={t("captures_pending")}>
      {pending.map((capture) => (
        <PendingRow key={capture.id} capture={capture} />
      ))}
    </ul>
  );
}

function PendingRow({ capture }: { capture: PendingCapture }) {
  const { kind, state, site } = capture;
  const name = captureName(capture);
  const failed = state === "failed";
  return (
    <li class={`transfer ${failed ? "failed" : ""}`}>
      <Icon
        name={failed ? "alert" : captureIcon(kind)}
        label={failed ? t("transfer_needs_you") : captureKindName(kind)}
      />
      <div class="transfer-body">
        <div class="transfer-line">
          <FileName name={name} />
          <span class={failed ? "small bad" : "small muted"}>{pendingStatus(capture)}</span>
        </div>
        {failed ? <Reason capture={capture} /> : <Progress capture={capture} name={name} />}
        {state === "kept" && site !== "" && (
          <p class="small muted clip">
            <bdi>{site}</bdi>
          </p>
        )}
      </div>
      <IconButton icon="x" label={t("capture_discard", name)} onClick={() => void captureOrders.discard(capture)} />
    </li>
  );
}

function Reason({ capture }: { capture: PendingCapture }) {
  const { what, fix } = errorText(capture.error ?? { code: "internal", facts: {} });
  return (
    <>
      <p class="small pending-reason">
        {what} <span class="pending-fix">{fix}</span>
      </p>
      <OfferButtons capture={capture} />
    </>
  );
}

function Progress({ capture, name }: { capture: PendingCapture; name: string }) {
  const share = pendingShare(capture);
  if (share === undefined) return null;
  // Without a value it says that something moves, and not how far.
  return <progress {...(share === null ? {} : { value: share })} max={1} aria-label={t("progress_of", name)} />;
}
