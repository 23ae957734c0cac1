import { currentTab } from "../platform/tabs.ts";
import { siteName } from "../shared/site/site-name.ts";

export type PageTab = NonNullable<Awaited<ReturnType<typeof currentTab>>>;

/** The tab that the popup was opened over: known before the first paint, or its buttons would change under the pointer. */
let tab: PageTab | null = null;

export async function loadPageTab(): Promise<void> {
  tab = await currentTab().catch(() => null);
}

export function pageTab(): PageTab | null {
  return tab;
}

/** What can be done with the page in view: `bookmark` only where it has an address that others can open. */
export function canCapture(what: "any" | "bookmark"): boolean {
  return (what === "any" ? /^(?:https?|file):/ : /^https?:/).test(tab?.url ?? "");
}

/** The origin of the page in view; null where no site can be connected. */
export function pageOrigin(): string | null {
  if (tab === null || !URL.canParse(tab.url)) return null;
  const { origin } = new URL(tab.url);
  return siteName(origin) === null ? null : origin;
}
