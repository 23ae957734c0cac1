import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { OfferButtons } from "../../ui/captures/offer-buttons.tsx";
import { pendingShare } from "../../ui/captures/pending-status.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { errorText } from "../../ui/error-text.ts";
import { Icon } from "../../ui/icon.tsx";
import { useCommand } from "../../ui/state/use-command.ts";
import { leaveTo } from "../leave-to.ts";
import { PageFormatHint } from "./page-format-hint.tsx";
import type { Standing } from "./standing.ts";
import { standingText } from "./standing-text.ts";
import type { Taking } from "./taking.ts";

interface CardFootProps {
  now: Taking;
  standing: Standing;
  onDone: () => Promise<void>;
}

/** How the capture goes, below the fields: they stay where they are, whatever comes. */
export function CardFoot({ now, standing, onDone }: CardFootProps) {
  const done = useCommand(onDone);
  const { words, kind } = now;
  const bad = standing.at === "refused" || (standing.at === "pending" && standing.capture.state === "failed");
  const good = standing.at === "saved" || standing.at === "known";
  return (
    <>
      <div class="card-foot">
        <p class={`card-status grow ${bad ? "bad" : good ? "good" : "muted"}`} role="status">
          {good && <Icon name="check" />}
          {bad && <Icon name="alert" />}
          <span>{standingText(standing, kind)}</span>
        </p>
        {good && (
          <Button kind="quiet" onClick={() => void leaveTo(`/captures/${standing.row.id}`)}>
            {t("capture_open")}
          </Button>
        )}
        <Button busy={done.pending} onClick={() => void done.run()}>
          {t("done")}
        </Button>
      </div>
      <Reason now={now} standing={standing} />
      {words.error.value && now.id.value !== null && (
        <ErrorPanel error={words.error.value} onRetry={() => void words.flush()} />
      )}
      {good && <PageFormatHint now={now} />}
      <Moving standing={standing} />
    </>
  );
}

function Reason({ now, standing }: { now: Taking; standing: Standing }) {
  if (standing.at === "refused") return <ErrorPanel error={standing.error} onRetry={now.again} />;
  if (standing.at === "unknown") return <ErrorPanel error={standing.error} />;
  if (standing.at !== "pending" || standing.capture.state !== "failed") return null;
  const { what, fix } = errorText(standing.capture.error ?? { code: "internal", facts: {} });
  return (
    <>
      <p class="small pending-reason">
        {what} {fix}
      </p>
      <OfferButtons capture={standing.capture} />
    </>
  );
}

/** Along the card's lower edge, over nothing: it comes and goes without a move. */
function Moving({ standing }: { standing: Standing }) {
  if (standing.at !== "starting" && standing.at !== "pending") return null;
  const share = standing.at === "starting" ? null : pendingShare(standing.capture);
  if (share === undefined) return null;
  return <progress {...(share === null ? {} : { value: share })} max={1} aria-label={t("capture_progress")} />;
}
