import { useEffect } from "preact/hooks";
import type { PendingCapture } from "../../messaging/captures-view.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { PendingCaptures } from "../../ui/captures/pending-captures.tsx";
import { UnclaimedCaptures } from "../../ui/captures/unclaimed-captures.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { count } from "../../ui/format/count.ts";
import { ownerOf } from "../../ui/state/owner.ts";
import { captureRows } from "../capture-height.ts";
import { leaveTo } from "../leave-to.ts";
import { canCapture } from "../page-tab.ts";
import { CaptureCard } from "./capture-card.tsx";
import { checkPageCapture } from "./page-capture.ts";
import { PageLine } from "./page-line.tsx";
import { taking } from "./taking.ts";

/** What is known of the page in view, the form of what was just clicked, and the captures that are not stored yet. */
export function CapturePanel({ view, profile }: { view: View; profile: string }) {
  useEffect(() => {
    if (canCapture("any")) checkPageCapture(profile).catch(() => null);
  }, [profile]);
  const owner = ownerOf(view);
  const { pending, unclaimed, problem } = view.captures;
  const own = taking.value?.id.value;
  return (
    <>
      <PageLine owner={owner} />
      <CaptureCard view={view} owner={owner} />
      {problem && <ErrorPanel error={problem} />}
      {owner === null
        ? pending.length === 0 && unclaimed > 0 && own === undefined && <Kept many={unclaimed} />
        : unclaimed > 0 && <UnclaimedCaptures owner={owner} unclaimed={unclaimed} />}
      <Pending rows={pending.filter(({ id }) => id !== own)} />
    </>
  );
}

function Kept({ many }: { many: number }) {
  return <p class="notice">{many === 1 ? t("captures_kept_one") : t("captures_kept", count(many))}</p>;
}

function Pending({ rows }: { rows: PendingCapture[] }) {
  if (rows.length === 0) return null;
  return (
    <div class="capture-list">
      <PendingCaptures pending={rows.slice(0, captureRows)} />
      {rows.length > captureRows && (
        <Button kind="quiet" onClick={() => void leaveTo("/captures")}>
          {t("captures_more", count(rows.length - captureRows))}
        </Button>
      )}
    </div>
  );
}
