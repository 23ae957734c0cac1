import { t } from "../platform/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { IconName } from "../ui/icon-paths.ts";
import { leaveTo } from "./leave-to.ts";

const lines: [IconName, string][] = [
  ["folder", "welcome_what"],
  ["user", "welcome_sees"],
  ["check", "welcome_never"],
];

/** First run: what this is, what it can see, what it never stores, and the one next step. */
export function Welcome() {
  return (
    <main class="centre welcome">
      <h1>{t("extension_name")}</h1>
      <ul class="welcome-lines">
        {lines.map(([icon, key]) => (
          <li key={key}>
            <Icon name={icon} />
            <span>{t(key)}</span>
          </li>
        ))}
      </ul>
      <Button kind="primary" onClick={() => leaveTo("/settings")}>
        {t("profile_import")}
      </Button>
    </main>
  );
}
