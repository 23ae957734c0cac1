import { t } from "../../platform/i18n.ts";
import { providerFamily } from "../../shared/provider-family.ts";
import { redirectUrls } from "../../shared/redirect-urls.ts";
import { changeOf } from "../checks/change.ts";
import { ChangeBox } from "../checks/change-box.tsx";
import { clientKindPlace, redirectPlace } from "../doctor/provider-settings.ts";
import { change, draft } from "./draft.ts";
import { Field } from "./field.tsx";
import { issuerFault } from "./issuer-fault.ts";
import { presetOf, presets } from "./presets.ts";
import { ProviderCheck } from "./provider-check.tsx";

/** Which provider, and what has to be registered there. */
export function ProviderStep() {
  const { family, issuer } = draft.value;
  const preset = presetOf(family);
  // A pasted issuer says itself which product it is of.
  const told = typeof issuer === "string" ? providerFamily(issuer.trim()) : "other";
  const where = redirectPlace(family) ?? t("doctor_at_provider_redirects");
  const kind = clientKindPlace(family);
  return (
    <section class="setup-step" aria-labelledby="setup-provider">
      <h2 id="setup-provider">{t("setup_provider")}</h2>
      <fieldset class="segments" aria-label={t("setup_provider")}>
        {presets.map(({ family: one, name, credentials }) => (
          <label key={one} class="segment">
            <input
              type="radio"
              name="setup-family"
              checked={one === family}
              onChange={() => change({ family: one, credentials })}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <p>{t(preset.note)}</p>
      {preset.direct && (
        <>
          <ol class="setup-do">
            <li>
              {t("setup_register")}
              {kind !== null && <span class="mono small setup-place">{kind}</span>}
            </li>
            <li>
              {t("setup_redirects")}
              <ChangeBox change={changeOf(where, Object.values(redirectUrls).join("\n"), [])} />
            </li>
          </ol>
          <Field
            name="issuer"
            label={t("setup_issuer")}
            rule={t("setup_rule_issuer")}
            faultIn={issuerFault}
            placeholder={preset.issuer}
          >
            {told !== "other" && told !== family && (
              <p class="small warn">{t("setup_looks_like", presetOf(told).name)}</p>
            )}
          </Field>
          <Field name="clientId" label={t("setup_client")} rule={t("setup_rule_client")} />
          <ProviderCheck />
        </>
      )}
    </section>
  );
}
