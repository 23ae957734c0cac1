import { t } from "../../platform/i18n.ts";
import { extensionUrl } from "../../platform/pages.ts";
import { extensionVersion } from "../../platform/version.ts";
import { WelcomeLines } from "../../ui/welcome.tsx";

/** Version, what it can see, what it never stores. */
export function About() {
  return (
    <section aria-labelledby="settings-about">
      <h2 id="settings-about">{t("about")}</h2>
      <WelcomeLines />
      <p class="muted small">
        {t("version", extensionVersion())} · <a href={extensionUrl("/licences.txt")}>{t("licences")}</a>
      </p>
    </section>
  );
}
