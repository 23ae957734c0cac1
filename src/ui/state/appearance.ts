import { signal } from "@preact/signals";
import { localArea } from "../../platform/storage.ts";

export const appearances = ["system", "light", "dark"] as const;
export type Appearance = (typeof appearances)[number];

const key = "appearance";

export const appearance = signal<Appearance>("system");

function apply(value: Appearance): void {
  appearance.value = value;
  const { dataset } = document.documentElement;
  if (value === "system") delete dataset.scheme;
  else dataset.scheme = value;
}

/** Puts the kept choice in force: await it before the first paint. */
export async function loadAppearance(): Promise<void> {
  const kept = await localArea.get(key).catch(() => undefined);
  apply(appearances.find((value) => value === kept) ?? "system");
}

export async function chooseAppearance(value: Appearance): Promise<void> {
  apply(value);
  await localArea.set(key, value);
}
