import { computed, signal } from "@preact/signals";
import { PLACEHOLDER_ACCOUNT, parseSettings, type SettingsInput } from "../../setup/parse-settings.ts";
import type { SetupSettings } from "../../setup/settings.ts";
import { SettingsError } from "../../setup/settings-error.ts";
import type { ProviderFamily } from "../../shared/provider-family.ts";

/** What was typed so far. It outlives the page's being left for another place of the app, and holds no secret. */
export const draft = signal<SettingsInput & { family: ProviderFamily }>({
  family: "auth0",
  credentials: "webIdentity",
});

export function change(more: Partial<SettingsInput> & { family?: ProviderFamily }): void {
  draft.value = { ...draft.value, ...more };
}

/** The settings that follow from what was typed, or the name of the first setting that is wrong. */
export const checked = computed((): { settings: SetupSettings } | { wrong: string } => {
  const { family: _, ...typed } = draft.value;
  // Spaces come with what is pasted.
  const trimmed = Object.entries(typed).map(([name, value]) => [
    name,
    typeof value === "string" ? value.trim() : value,
  ]);
  const given: SettingsInput = Object.fromEntries(trimmed.filter(([, value]) => value !== ""));
  try {
    const settings = parseSettings(given);
    return settings.account === PLACEHOLDER_ACCOUNT ? { wrong: "account" } : { settings };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { wrong: error.code.replace(/^setup\//, "") };
  }
});

/** The fault of a field that holds something: an empty one is not wrong yet. */
export function faultOf(name: keyof SettingsInput): boolean {
  const state = checked.value;
  const value = draft.value[name];
  return "wrong" in state && state.wrong === name && value !== undefined && String(value).trim() !== "";
}
