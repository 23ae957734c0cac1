import { t } from "../../platform/i18n.ts";
import { type Appearance, appearance, appearances, chooseAppearance } from "../../ui/state/appearance.ts";

const labels: Record<Appearance, () => string> = {
  system: () => t("appearance_system"),
  light: () => t("appearance_light"),
  dark: () => t("appearance_dark"),
};

export function AppearanceChoice() {
  return (
    <fieldset class="segments">
      <legend class="sr">{t("appearance")}</legend>
      {appearances.map((value) => (
        <label key={value} class="segment">
          <input
            type="radio"
            name="appearance"
            checked={appearance.value === value}
            onChange={() => chooseAppearance(value)}
          />
          <span>{labels[value]()}</span>
        </label>
      ))}
    </fieldset>
  );
}
