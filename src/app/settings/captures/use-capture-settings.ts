import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { CaptureSettings } from "../../../messaging/captures-view.ts";
import { call } from "../../../messaging/client.ts";
import type { HoldallError } from "../../../shared/holdall-error.ts";
import { asHoldallError } from "../../../ui/error-text.ts";

export interface SettingsEditor {
  /** Null until they are loaded. */
  settings: CaptureSettings | null;
  error: HoldallError | null;
  /** Shows the settings at once and keeps them; false when that failed, and they are as before. */
  change(update: (before: CaptureSettings) => CaptureSettings): Promise<boolean>;
  reload(): Promise<void>;
}

/** A profile's settings of captures; changes are written one after the other. */
export function useCaptureSettings(profile: string): SettingsEditor {
  const shown = useSignal<CaptureSettings | null>(null);
  const error = useSignal<HoldallError | null>(null);
  const kept = useRef<CaptureSettings | null>(null);
  const writing = useRef<Promise<unknown>>(Promise.resolve());
  const reload = async () => {
    try {
      kept.current = await call("captures.settings", { profile });
      shown.value = kept.current;
      error.value = null;
    } catch (cause) {
      error.value = asHoldallError(cause);
    }
  };
  const write = async (settings: CaptureSettings): Promise<boolean> => {
    try {
      await call("captures.configure", { profile, settings });
      kept.current = settings;
      error.value = null;
      return true;
    } catch (cause) {
      shown.value = kept.current;
      error.value = asHoldallError(cause);
      return false;
    }
  };
  useEffect(() => void reload(), []);
  return {
    settings: shown.value,
    error: error.value,
    reload,
    change: async (update) => {
      if (shown.value === null) return false;
      const next = update(shown.value);
      shown.value = next;
      const written = writing.current.then(() => write(next));
      writing.current = written;
      return await written;
    },
  };
}
