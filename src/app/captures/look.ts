import { signal } from "@preact/signals";
import { localArea } from "../../platform/storage.ts";
import type { Look } from "./capture-layout.ts";

const key = "captures-look";

/** Gallery or list, as chosen last on this device. */
export const look = signal<Look>("gallery");

/** Await it before the first paint of the page. */
export async function loadLook(): Promise<void> {
  const kept = await localArea.get(key).catch(() => undefined);
  look.value = kept === "list" ? "list" : "gallery";
}

export async function chooseLook(next: Look): Promise<void> {
  look.value = next;
  // Not remembered is not worth a word: it is chosen by a click.
  await localArea.set(key, next).catch(() => {});
}
