import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { goTo } from "../route.ts";
import { BringStage } from "./bring-stage.tsx";
import { DoneStage } from "./done-stage.tsx";
import { useImport } from "./import-run.ts";
import { ImportSteps } from "./import-steps.tsx";
import { RestStage } from "./rest-stage.tsx";
import { ReviewStage } from "./review-stage.tsx";
import { TrustWarning } from "./trust-warning.tsx";

/** Brings a profile, step by step. @param from a link that the address names; it is filled in and nothing more */
export function ImportPage({ from }: { from: string | null }) {
  const run = useImport(from);
  const forbidden = useSignal(false);
  useEffect(() => {
    call("profiles.policy", {}).then(
      ({ allowImport }) => (forbidden.value = !allowImport),
      // The background refuses it all the same.
      () => undefined,
    );
  }, []);
  const stage = run.stage.value;
  if (stage.at === "rest" && stage.candidate.preview.foreignSts !== null) {
    return <TrustWarning run={run} stage={stage} host={stage.candidate.preview.foreignSts} />;
  }
  return (
    <main class="place import">
      <h1>{t("import_title")}</h1>
      {forbidden.value ? (
        <ErrorPanel error={{ code: "import-forbidden", facts: {} }} />
      ) : (
        <>
          <ImportSteps at={stage.at} />
          {stage.at === "bring" && <BringStage run={run} from={from} />}
          {stage.at === "review" && <ReviewStage run={run} candidate={stage.candidate} />}
          {stage.at === "rest" && <RestStage run={run} stage={stage} />}
          {stage.at === "done" && <DoneStage stage={stage} onSettings={() => goTo({ page: "settings" })} />}
        </>
      )}
    </main>
  );
}
