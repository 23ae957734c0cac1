import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { PolicyView } from "../../messaging/profiles-protocol.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { goTo } from "../route.ts";
import { ProfileCard } from "./profile-card.tsx";

/** The profiles, what the organisation says of them, and the way to another one. */
export function ProfileSection({ view: { profiles, activeProfile } }: { view: View }) {
  const policy = useSignal<PolicyView | null>(null);
  useEffect(() => {
    call("profiles.policy", {}).then(
      (told) => (policy.value = told),
      // Without it nothing is hidden, and the background refuses what it has to.
      () => undefined,
    );
  }, [profiles]);
  const { problems = [], allowImport = true } = policy.value ?? {};
  // Known at once, so that nothing moves when the rest is told.
  const managed = policy.value?.managed || profiles.some((one) => one.managed);
  return (
    <section aria-labelledby="settings-profiles">
      <h2 id="settings-profiles">{t("profiles")}</h2>
      <p class="muted">{t("profiles_hint")}</p>
      {managed && <p class="notice">{t(allowImport ? "policy_manages" : "policy_only")}</p>}
      {problems.map((problem) => (
        <ErrorPanel key={problem.facts.subs?.join(" ")} error={problem} />
      ))}
      {profiles.length > 0 && (
        <ul class="cards">
          {profiles.map((profile) => (
            <ProfileCard key={profile.id} profile={profile} active={profile.id === activeProfile} />
          ))}
        </ul>
      )}
      {allowImport && (
        <div class="buttons">
          <Button
            kind={profiles.length === 0 ? "primary" : "plain"}
            icon="plus"
            onClick={() => goTo({ page: "import", from: null })}
          >
            {t("import_title")}
          </Button>
          <Button onClick={() => goTo({ page: "setup" })}>{t("setup_open")}</Button>
        </div>
      )}
    </section>
  );
}
