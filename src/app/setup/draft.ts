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
export const checked = computed((): Checked => {
  const { family: _, ...typed } = draft.value;
  const state = check(typed);
  return "settings" in state && state.settings.account === PLACEHOLDER_ACCOUNT ? { wrong: "account" } : state;
});

/** What the provider can be asked with, before anything of AWS is known. */
export const checkedProvider = computed((): Checked => {
  const { issuer, clientId } = draft.value;
  return check({ issuer, clientId });
});

type Checked = { settings: SetupSettings } | { wrong: string };

function check(typed: SettingsInput): Checked {
  // Spaces come with what is pasted.
  const trimmed = Object.entries(typed).map(([name, value]) => [
    name,
    typeof value === "string" ? value.trim() : value,
  ]);
  const given: SettingsInput = Object.fromEntries(trimmed.filter(([, value]) => value !== ""));
  try {
    return { settings: parseSettings(given) };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { wrong: error.code.replace(/^setup\//, "") };
  }
}

/** True for the fault of a field that holds something: an empty one is not wrong yet. */
export function isFaulty(name: keyof SettingsInput): boolean {
  const state = checked.value;
  const value = draft.value[name];
  return "wrong" in state && state.wrong === name && value !== undefined && String(value).trim() !== "";
}
