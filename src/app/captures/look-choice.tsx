import { t } from "../../platform/i18n.ts";
import { Icon } from "../../ui/icon.tsx";
import { chooseLook, look } from "./look.ts";

export function LookChoice() {
  return (
    <fieldset class="segments look">
      <legend class="sr">{t("captures_look")}</legend>
      {(["gallery", "list"] as const).map((value) => {
        const label = t(value === "gallery" ? "captures_gallery" : "captures_list");
        return (
          <label key={value} class="segment" title={label}>
            <input
              type="radio"
              name="captures-look"
              aria-label={label}
              checked={look.value === value}
              onChange={() => chooseLook(value)}
            />
            <span>
              <Icon name={value === "gallery" ? "grid" : "list"} />
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
