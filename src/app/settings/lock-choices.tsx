import { useId } from "preact/hooks";
import type { LockSettings } from "../../messaging/session-protocol.ts";
import { t } from "../../platform/i18n.ts";
import { Icon } from "../../ui/icon.tsx";

interface LockChoicesProps {
  settings: LockSettings;
  onChange: (next: LockSettings) => void;
}

const offered = [1, 5, 15, 30, 60, 240];

/** `5 minutes`, `1 hour`. @param minutes a whole number */
function duration(minutes: number): string {
  if (minutes === 1) return t("lock_1_minute");
  if (minutes === 60) return t("lock_1_hour");
  return minutes % 60 === 0 ? t("lock_hours", minutes / 60) : t("lock_minutes", minutes);
}

/** After how long without a key or a move of the mouse, and whether with the screen. */
export function LockChoices({ settings, onChange }: LockChoicesProps) {
  const { idleMinutes, onScreenLock, managed, tellsScreenLock } = settings;
  const id = useId();
  // What an administrator or another version chose need not be among those offered.
  const minutes = [...new Set([...offered, ...(idleMinutes === null ? [] : [idleMinutes])])].sort((a, b) => a - b);
  const describedBy = managed ? `${id}-managed` : undefined;
  return (
    <>
      {managed && (
        <p id={`${id}-managed`} class="notice">
          <Icon name="lock" />
          <span>{t("auto_lock_managed")}</span>
        </p>
      )}
      <div class="field">
        <label for={`${id}-minutes`}>{t("auto_lock")}</label>
        <select
          id={`${id}-minutes`}
          class="input lock-minutes"
          disabled={managed}
          aria-describedby={`${id}-hint${describedBy ? ` ${describedBy}` : ""}`}
          value={idleMinutes ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...settings, idleMinutes: value === "" ? null : Number(value) })
          }
        >
          <option value="">{t("lock_never")}</option>
          {minutes.map((one) => (
            <option key={one} value={one}>
              {duration(one)}
            </option>
          ))}
        </select>
        <p id={`${id}-hint`} class="small muted">
          {t("auto_lock_hint")}
        </p>
      </div>
      {tellsScreenLock && (
        <div class="choice">
          <input
            id={`${id}-screen`}
            type="checkbox"
            class="check"
            disabled={managed}
            aria-describedby={describedBy}
            checked={onScreenLock}
            onChange={({ currentTarget: { checked } }) => onChange({ ...settings, onScreenLock: checked })}
          />
          <label for={`${id}-screen`}>{t("auto_lock_screen")}</label>
        </div>
      )}
    </>
  );
}
