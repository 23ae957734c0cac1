import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Icon } from "../../ui/icon.tsx";
import { HostList } from "./host-list.tsx";
import type { ImportRun, Stage } from "./import-run.ts";
import { ProviderWord } from "./rest-stage.tsx";
import { StageHeading } from "./stage-heading.tsx";

interface TrustWarningProps {
  run: ImportRun;
  stage: Extract<Stage, { at: "rest" }>;
  /** Who would get the ID token. */
  host: string;
}

/**
 * A profile whose tokens go neither to AWS nor to this machine. The whole page, since nothing else matters then; the button says
 * what it does, has no focus, and is no form's.
 */
export function TrustWarning({ run, stage: { candidate, needed, discovery }, host }: TrustWarningProps) {
  const { keep } = run;
  const { profile } = candidate.preview;
  return (
    <main class="place import trust">
      <div class="trust-head">
        <Icon name="alert" />
        <h1>{t("trust_title", host)}</h1>
      </div>
      <StageHeading text={t("trust_lead")} />
      <ul class="trust-points">
        <li>{t("trust_gets", host)}</li>
        <li>{t("trust_can", profile.bucket.name, profile.table.name)}</li>
        <li>{t("trust_usual")}</li>
      </ul>
      <p>{t("trust_only_if", host)}</p>
      <dl class="facts">
        <Fact label={t("profile_name")}>
          <bdi>{profile.name}</bdi>
        </Fact>
        <Fact label={t("profile_issuer")} mono>
          <bdi>{profile.issuer}</bdi>
        </Fact>
      </dl>
      <ProviderWord discovery={discovery} />
      <HostList label={t("import_needed")} hosts={needed} />
      <div class="buttons">
        <Button onClick={run.back}>{t("trust_not")}</Button>
        <Button kind="danger" busy={keep.pending} onClick={() => keep.run(candidate, needed)}>
          {t("profile_trust", host)}
        </Button>
      </div>
      {keep.error && <ErrorPanel error={keep.error} />}
    </main>
  );
}
