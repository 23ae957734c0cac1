import { t } from "../../platform/i18n.ts";
import { change, draft } from "./draft.ts";
import { Field } from "./field.tsx";

/** Where it goes in AWS. */
export function AwsStep() {
  const { credentials = "webIdentity" } = draft.value;
  return (
    <section class="setup-step" aria-labelledby="setup-aws">
      <h2 id="setup-aws">{t("setup_aws")}</h2>
      <fieldset class="segments" aria-label={t("setup_credentials")}>
        <Way value="webIdentity" chosen={credentials} label={t("setup_web_identity")} />
        <Way value="identityPool" chosen={credentials} label={t("setup_identity_pool")} />
      </fieldset>
      <p class="small muted">
        {t(credentials === "identityPool" ? "setup_identity_pool_hint" : "setup_web_identity_hint")}
      </p>
      <div class="setup-fields">
        <Field name="account" label={t("setup_account")} rule={t("setup_rule_account")} placeholder="111122223333" />
        <Field name="region" label={t("setup_region")} rule={t("setup_rule_region")} placeholder="eu-central-1" />
        <Field
          name="bucket"
          label={t("setup_bucket")}
          rule={t("setup_rule_bucket")}
          placeholder="holdall-111122223333"
        />
        <Field name="table" label={t("setup_table")} rule={t("setup_rule_table")} placeholder="holdall" />
      </div>
      <details>
        <summary>{t("setup_more")}</summary>
        <div class="setup-fields">
          <Field name="roleName" label={t("setup_role")} rule={t("setup_rule_role")} placeholder="holdall-person" />
          <Field name="kmsKeyArn" label={t("setup_kms")} rule={t("setup_rule_kms")} />
          <Field name="partitionKey" label={t("setup_pk")} rule={t("setup_rule_key")} placeholder="pk" />
          <Field name="sortKey" label={t("setup_sk")} rule={t("setup_rule_key")} placeholder="sk" />
          <Field name="noncurrentDays" label={t("setup_days")} rule={t("setup_rule_days")} placeholder="30" />
          <Field
            name="maxSessionSeconds"
            label={t("setup_seconds")}
            rule={t("setup_rule_seconds")}
            placeholder="3600"
          />
        </div>
      </details>
    </section>
  );
}

function Way({ value, chosen, label }: { value: string; chosen: unknown; label: string }) {
  return (
    <label class="segment">
      <input
        type="radio"
        name="setup-credentials"
        checked={value === chosen}
        onChange={() => change({ credentials: value })}
      />
      <span>{label}</span>
    </label>
  );
}
