import { browser } from "./browser.ts";

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
