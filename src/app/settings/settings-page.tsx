import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { About } from "./about.tsx";
import { AppearanceChoice } from "./appearance-choice.tsx";
import { CaptureSection } from "./capture-section.tsx";
import { LockSection } from "./lock-section.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { TransferChoice } from "./transfer-choice.tsx";

/** Profiles, looks, and what this is. */
export function SettingsPage({ view }: { view: View }) {
  return (
    <main class="place settings">
      <h1>{t("settings")}</h1>
      <ProfileSection view={view} />
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
