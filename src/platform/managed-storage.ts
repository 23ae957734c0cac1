import { browser } from "./browser.ts";

/** What an administrator's policy has for this extension; empty where there is none. */
export async function managedValues(): Promise<Record<string, unknown>> {
  try {
    return await browser.storage.managed.get(null);
  } catch {
    // Firefox throws where no policy names the extension. A policy that cannot be read must not keep anybody out either.
    return {};
  }
}

/**
 * A policy came, changed or went. Firefox reads policies once, at its start. The area's own event: the one of all areas would wake
 * the background for each of them, and hear secrets change. Call synchronously at load.
 */
export function onManagedChanged(listener: () => void): void {
  const area = browser.storage.managed as { onChanged?: { addListener(listener: () => void): void } };
  area.onChanged?.addListener(() => listener());
}
