import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { ProfileSummary } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { useCommand } from "../../ui/state/use-command.ts";
import { palette } from "./palette.ts";

/** How a profile is called and marked on this device; it stays the same environment. */
export function EditProfile({ profile, onClose }: { profile: ProfileSummary; onClose: () => void }) {
  const name = useSignal(profile.name);
  const colour = useSignal(profile.colour.toLowerCase());
  const id = useId();
  const save = useCommand(async () => {
    await call("profiles.edit", { id: profile.id, name: name.value.trim(), colour: colour.value });
    onClose();
  });
  // One that the profile brought may be none of ours.
  const own = palette.some(([value]) => value === profile.colour.toLowerCase())
    ? []
    : [[profile.colour.toLowerCase(), () => t("colour_own")] as const];
  return (
    <Dialog title={t("edit_name", profile.name)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <div class="field">
          <label for={id}>{t("profile_name")}</label>
          <input
            id={id}
            class="input"
            maxLength={60}
            autocomplete="off"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
              save.clear();
            }}
          />
        </div>
        <fieldset class="palette">
          <legend class="label">{t("profile_colour")}</legend>
          {[...own, ...palette].map(([value, label]) => (
            <label key={value} class="swatch" title={label()}>
              <input
                type="radio"
                name="colour"
                class="sr"
                checked={colour.value === value}
                onChange={() => {
                  colour.value = value;
                }}
              />
              <span class="swatch-dot" style={{ "--profile": value }} />
              <span class="sr">{label()}</span>
            </label>
          ))}
        </fieldset>
        {save.error && <ErrorPanel error={save.error} />}
        <div class="buttons end">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={save.pending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
