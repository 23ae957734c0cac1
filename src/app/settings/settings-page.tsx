import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { About } from "./about.tsx";
import { AppearanceChoice } from "./appearance-choice.tsx";
import { CaptureSection } from "./capture-section.tsx";
import { ImportProfile } from "./import-profile.tsx";
import { LockSection } from "./lock-section.tsx";
import { ProfileCard } from "./profile-card.tsx";
import { TransferChoice } from "./transfer-choice.tsx";

/** Profiles, looks, and what this is. */
export function SettingsPage({ view }: { view: View }) {
  return (
    <main class="place settings">
      <h1>{t("settings")}</h1>
      <section aria-labelledby="settings-profiles">
        <h2 id="settings-profiles">{t("profiles")}</h2>
        <p class="muted">{t("profiles_hint")}</p>
        {view.profiles.length > 0 && (
          <ul class="cards">
            {view.profiles.map((profile) => (
              <ProfileCard key={profile.id} profile={profile} active={profile.id === view.activeProfile} />
            ))}
          </ul>
        )}
        <ImportProfile first={view.profiles.length === 0} />
      </section>
      <section aria-labelledby="settings-appearance">
        <h2 id="settings-appearance">{t("appearance")}</h2>
        <AppearanceChoice />
      </section>
      <LockSection />
      {view.activeProfile !== null && <CaptureSection profile={view.activeProfile} />}
      <section aria-labelledby="settings-transfers">
        <h2 id="settings-transfers">{t("transfers")}</h2>
        <TransferChoice />
      </section>
      <About />
    </main>
  );
}
