import { t } from "../platform/i18n.ts";
import { extensionUrl } from "../platform/pages.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

const lines: [IconName, string][] = [
  ["folder", "welcome_what"],
  ["user", "welcome_sees"],
  ["check", "welcome_never"],
];

/** What this is, what it can see, what it never stores. */
export function WelcomeLines() {
  return (
    <ul class="welcome-lines">
      {lines.map(([icon, key]) => (
        <li key={key}>
          <Icon name={icon} />
          <span>{t(key)}</span>
        </li>
      ))}
    </ul>
  );
}

/** First run, and the one next step. */
export function Welcome({ onImport, onSetUp }: { onImport: () => void; onSetUp: () => void }) {
  return (
    <main class="centre welcome">
      <img src={extensionUrl("/icons/icon-48.png")} width={40} height={40} alt="" />
      <h1>{t("extension_name")}</h1>
      <WelcomeLines />
      <div class="buttons">
        <Button kind="primary" onClick={onImport}>
          {t("profile_import")}
        </Button>
        <Button onClick={onSetUp}>{t("setup_open")}</Button>
      </div>
    </main>
  );
}
