import { browser } from "./browser.ts";

/**
 * The mark of one tab, which stands in the place of the badge of all until the tab goes elsewhere; null takes it away.
 * @param mark `title` is what the button is called there
 */
export async function markTab(
  tabId: number,
  mark: { text: string; colour: string; title: string } | null,
): Promise<void> {
  const { action } = browser;
  // Both browsers take null for "as everywhere else"; the types know it not.
  const text = (mark?.text ?? null) as unknown as string;
  const title = (mark?.title ?? null) as unknown as string;
  if (mark !== null) {
    await action.setBadgeBackgroundColor({ tabId, color: mark.colour });
    await action.setBadgeTextColor({ tabId, color: "#ffffff" });
  }
  await Promise.all([action.setBadgeText({ tabId, text }), action.setTitle({ tabId, title })]);
}

/** The few characters on the toolbar button; "" takes them away. @param colour `#rrggbb` behind white letters */
export async function setBadge(text: string, colour: string): Promise<void> {
  const { action } = browser;
  if (text !== "") {
    await action.setBadgeBackgroundColor({ color: colour });
    // Firefox picks black on some colours by itself; Chromium knows the function since 110.
    await action.setBadgeTextColor({ color: "#ffffff" });
  }
  await action.setBadgeText({ text });
}
