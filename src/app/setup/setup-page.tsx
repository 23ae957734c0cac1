import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { goTo } from "../route.ts";
import { AwsStep } from "./aws-step.tsx";
import { ProviderStep } from "./provider-step.tsx";
import { TemplateStep } from "./template-step.tsx";

/** From a provider and an AWS account to a profile, for the administrator. Nothing is sent anywhere but to the provider that is checked. */
export function SetupPage() {
  return (
    <main class="place-main setup-page">
      <h1>{t("setup")}</h1>
      <p class="muted">{t("setup_intro")}</p>
      <ProviderStep />
      <AwsStep />
      <TemplateStep />
      <section class="setup-step" aria-labelledby="setup-done">
        <h2 id="setup-done">{t("setup_done")}</h2>
        <p>{t("setup_done_hint")}</p>
        <div class="buttons">
          <Button onClick={() => goTo({ page: "import", from: null })}>{t("setup_import")}</Button>
        </div>
      </section>
    </main>
  );
}
