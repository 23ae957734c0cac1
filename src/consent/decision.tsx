import { useSignal } from "@preact/signals";
import { call } from "../messaging/client.ts";
import type { ConsentView } from "../messaging/sites-view.ts";
import { t } from "../platform/i18n.ts";
import { closeOwnTab } from "../platform/tabs.ts";
import { grantState } from "../shared/site/site-grant.ts";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Icon } from "../ui/icon.tsx";
import { grantSummary } from "../ui/sites/grant-words.ts";
import { draftOf, faultsOf, hasFaults, type Terms, termsOf } from "../ui/sites/terms-draft.ts";
import { TermsForm } from "../ui/sites/terms-form.tsx";
import { useCommand } from "../ui/state/use-command.ts";
import { useArmed } from "./use-armed.ts";
import { WhoAsks } from "./who-asks.tsx";

interface DecisionProps {
  view: ConsentView;
  /** Whose storage. */
  identity: string;
  onRefuse: () => void;
}

/** What the site may do, and the two answers. */
export function Decision({ view, identity, onRefuse }: DecisionProps) {
  const { id, wish, declared, lookAlike } = view;
  // As it was when the person began to read: what they see does not become another question meanwhile.
  const over = useSignal(view.present !== null && grantState(view.present, Date.now()) === "expired").value;
  const present = over ? null : view.present;
  const draft = useSignal(draftOf(wish, present, over ? view.present : null));
  const armed = useArmed();
  const allow = useCommand(async (terms: Terms) => {
    await call("sites.allow", { id, identity, ...terms });
    await closeOwnTab();
  });
  const faults = faultsOf(draft.value, identity);
  const able = armed && !hasFaults(faults);
  return (
    <main class="consent">
      <div class="consent-body">
        <WhoAsks view={view} title={t(present === null ? "consent_title" : "consent_title_more")} />
        {present !== null && <p class="small">{t("consent_present", grantSummary(present))}</p>}
        {!declared && <p class="small muted">{t("consent_undeclared")}</p>}
        <TermsForm
          draft={draft.value}
          faults={faults}
          wish={declared ? wish : null}
          present={present}
          area={view.area}
          onChange={(part) => {
            draft.value = { ...draft.value, ...part };
          }}
        />
        <Wall wall={view.wall} />
      </div>
      <div class="consent-foot">
        {allow.error && <ErrorPanel error={allow.error} />}
        {/* Always there: nothing moves under the pointer. */}
        <p class="small muted consent-why" role="status">
          {faults.nothing === true ? t("consent_nothing") : hasFaults(faults) ? t("consent_mend") : t("consent_later")}
        </p>
        <div class="buttons end">
          {/* An address that deceives is not to be allowed by the button that the eye falls on. */}
          <Button kind={lookAlike ? "primary" : "plain"} onClick={onRefuse}>
            {t("consent_refuse")}
          </Button>
          <Button
            kind={lookAlike ? "plain" : "primary"}
            class="consent-allow"
            busy={allow.pending}
            aria-disabled={!able || allow.pending}
            onClick={() => able && allow.run(termsOf(draft.value, Date.now(), present))}
          >
            {t("consent_allow")}
          </Button>
        </div>
      </div>
    </main>
  );
}

/** Who keeps the site within what is allowed. */
function Wall({ wall }: Pick<ConsentView, "wall">) {
  if (wall === "session") {
    return (
      <p class="consent-wall small muted">
        <Icon name="lock" />
        {t("consent_wall_session")}
      </p>
    );
  }
  return (
    <div class="notice warn">
      <Icon name="alert" />
      <p>{t("consent_wall_holdall")}</p>
    </div>
  );
}
