import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { Fact } from "../../ui/fact.tsx";
import { HostList } from "./host-list.tsx";
import type { ImportRun, Stage } from "./import-run.ts";
import { ProfileFacts } from "./profile-facts.tsx";
import { StageHeading } from "./stage-heading.tsx";

type Rest = Extract<Stage, { at: "rest" }>;

/** What the provider told of itself, and the hosts that are still to be allowed. */
export function RestStage({ run, stage: { candidate, needed, discovery } }: { run: ImportRun; stage: Rest }) {
  const { keep } = run;
  const { preview, link } = candidate;
  return (
    <section class="import-stage">
      <StageHeading text={t("import_rest")} />
      <div class="stage-columns">
        <ProfileFacts preview={preview} link={link} />
        <div class="stage-side">
          <ProviderWord discovery={discovery} />
          <HostList label={t("import_needed")} hosts={needed} />
          <p class="muted small">{t("import_kept_then")}</p>
          <div class="buttons">
            <Button kind="primary" busy={keep.pending} onClick={() => keep.run(candidate, needed)}>
              {t(preview.replaces ? "profile_allow_replace" : "profile_allow")}
            </Button>
            <Button onClick={run.back}>{t("back")}</Button>
          </div>
          {keep.error && <ErrorPanel error={keep.error} />}
        </div>
      </div>
    </section>
  );
}

export function ProviderWord({ discovery }: Pick<Rest, "discovery">) {
  if (discovery === null) return <p class="notice warn">{t("import_not_asked")}</p>;
  const { authorizationHost, tokenHost, scopesMissing } = discovery;
  return (
    <>
      <dl class="facts">
        <Fact label={t("import_sign_in_at")} mono>
          {authorizationHost}
        </Fact>
        {tokenHost !== authorizationHost && (
          <Fact label={t("import_tokens_from")} mono>
            {tokenHost}
          </Fact>
        )}
      </dl>
      {scopesMissing.length > 0 && <p class="notice">{t("import_scopes", scopesMissing.join(" "))}</p>}
    </>
  );
}
