import { useSignal } from "@preact/signals";
import { t } from "../../platform/i18n.ts";
import { renderCloudFormation } from "../../setup/cloudformation/render-cloudformation.ts";
import { renderSetup } from "../../setup/render-setup.ts";
import type { SetupSettings } from "../../setup/settings.ts";
import { renderTerraform } from "../../setup/terraform/render-terraform.ts";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/state/toasts.ts";
import { changeOf } from "../checks/change.ts";
import { ChangeBox } from "../checks/change-box.tsx";
import { downloadText } from "../settings/download-text.ts";
import { checked } from "./draft.ts";

type Format = "cloudformation" | "terraform" | "json";

interface Rendering {
  label: string;
  file: string;
  type: string;
  render(settings: SetupSettings): string;
  /** What an administrator types. */
  commands(settings: SetupSettings): string;
}

const renderings: Record<Format, Rendering> = {
  cloudformation: {
    label: "CloudFormation",
    file: "holdall.template.json",
    type: "application/json",
    render: renderCloudFormation,
    commands: ({ region }) =>
      [
        `aws cloudformation deploy --region ${region} --stack-name holdall \\`,
        "  --template-file holdall.template.json --capabilities CAPABILITY_NAMED_IAM",
        `aws cloudformation describe-stacks --region ${region} --stack-name holdall`,
      ].join("\n"),
  },
  terraform: {
    label: "Terraform",
    file: "main.tf",
    type: "text/plain",
    render: renderTerraform,
    commands: () => "terraform init\nterraform apply\nterraform output -json",
  },
  json: {
    label: "JSON",
    file: "holdall-setup.json",
    type: "application/json",
    render: (settings) => `${JSON.stringify(renderSetup(settings), null, 2)}\n`,
    commands: () => "",
  },
};

/** The resources, ready to be made; empty until the settings are right. */
export function TemplateStep() {
  const format = useSignal<Format>("cloudformation");
  const state = checked.value;
  const { file, type, render, commands } = renderings[format.value];
  return (
    <section class="setup-step" aria-labelledby="setup-template">
      <h2 id="setup-template">{t("setup_template")}</h2>
      <p>{t("setup_template_hint")}</p>
      <fieldset class="segments" aria-label={t("setup_template")}>
        {Object.entries(renderings).map(([name, { label }]) => (
          <label key={name} class="segment">
            <input
              type="radio"
              name="setup-format"
              checked={format.value === name}
              onChange={() => (format.value = name as Format)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {"wrong" in state ? (
        <p class="notice">{t("setup_not_yet")}</p>
      ) : (
        <>
          <div class="buttons">
            <Button
              kind="primary"
              icon="download"
              onClick={() => {
                downloadText(render(state.settings), file, type);
                showToast(t("setup_saved", file));
              }}
            >
              {t("setup_save", file)}
            </Button>
          </div>
          {commands(state.settings) !== "" && (
            <ChangeBox change={changeOf(t("setup_commands"), commands(state.settings), [])} />
          )}
          <ChangeBox change={changeOf(file, render(state.settings), [])} />
        </>
      )}
    </section>
  );
}
