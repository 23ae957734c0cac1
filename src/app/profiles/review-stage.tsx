import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { HostList } from "./host-list.tsx";
import { hostName } from "./host-names.ts";
import type { Candidate, ImportRun } from "./import-run.ts";
import { ProfileFacts } from "./profile-facts.tsx";
import { StageHeading } from "./stage-heading.tsx";

/** The provider may be down, or the network away: that is no fault of the profile. */
const passing: ReadonlySet<string> = new Set(["issuer-unreachable", "offline"]);

/** What it is and what it will reach; then the provider is asked. */
export function ReviewStage({ run, candidate }: { run: ImportRun; candidate: Candidate }) {
  const { ask } = run;
  const { preview, link, issuerHeld, allHeld } = candidate;
  const { hosts, foreignSts, replaces } = preview;
  const issuer = hostName(hosts[0] ?? "");
  const label = issuerHeld
    ? allHeld && foreignSts === null
      ? t(replaces ? "profile_replace" : "import_now")
      : t("import_continue")
    : t("allow_host", issuer);
  const { code, facts } = ask.error ?? { code: null, facts: {} };
  const [expected = "", found = ""] = facts.subs ?? [];
  const slash = code === "issuer-mismatch" && (`${expected}/` === found || expected === `${found}/`);
  return (
    <section class="import-stage">
      <StageHeading text={t("import_review")} />
      <div class="stage-columns">
        <ProfileFacts preview={preview} link={link} />
        <div class="stage-side">
          <HostList label={t("profile_reaches")} hosts={hosts} />
          {foreignSts !== null && <p class="notice warn">{t("import_foreign", foreignSts)}</p>}
          <p class="muted small">{t(issuerHeld ? "import_asks_provider" : "import_asks_issuer", issuer)}</p>
          <div class="buttons">
            <Button kind="primary" busy={ask.pending} onClick={() => ask.run(candidate)}>
              {label}
            </Button>
            <Button onClick={run.back}>{t("back")}</Button>
          </div>
          {ask.error && (
            <>
              <ErrorPanel error={ask.error} />
              {slash && <p class="small">{t("import_slash")}</p>}
              {code !== null && passing.has(code) && (
                <div class="buttons">
                  <Button onClick={() => run.skip(candidate)}>{t("import_unasked")}</Button>
                </div>
              )}
            </>
          )}
        </div>
      </div>
    </section>
  );
}
