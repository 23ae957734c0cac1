import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { signIn } from "../../ui/storage/session-actions.ts";
import { goTo } from "../route.ts";
import type { Stage } from "./import-run.ts";
import { StageHeading } from "./stage-heading.tsx";

/** It is kept, and shown from now on. */
export function DoneStage({ stage, onSettings }: { stage: Extract<Stage, { at: "done" }>; onSettings: () => void }) {
  const begin = () => {
    void signIn(stage.id);
    // What goes wrong is said there.
    goTo({ page: "files", prefix: "", file: null });
  };
  return (
    <section class="import-stage">
      <StageHeading text={t("profile_imported", stage.name)} />
      <p class="muted">{t("import_done")}</p>
      <div class="buttons">
        <Button kind="primary" onClick={begin}>
          {t("sign_in")}
        </Button>
        <Button onClick={onSettings}>{t("profile_manage")}</Button>
      </div>
    </section>
  );
}
