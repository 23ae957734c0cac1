/** Session rules for the extension's own requests outside tabs: gone with the browser, and nothing of them on disk. */
import { browser } from "./browser.ts";

export interface RequestRule {
  /** The highest that matches decides. */
  priority: number;
  action: { type: "block" | "allow" } | { type: "modifyHeaders"; referer: string };
  /** One of the two. `urlFilter`: as declarativeNetRequest reads it; `regexFilter`: RE2. */
  urlFilter?: string;
  regexFilter?: string;
}

/** Takes the place of all rules that were set before. */
export async function setRequestRules(rules: RequestRule[]): Promise<void> {
  // The polyfill passes it through without a type.
  const { declarativeNetRequest: api } = browser as unknown as typeof chrome;
  const before = await api.getSessionRules();
  // Another extension's requests, and those of a page's service worker, come from outside tabs too.
  const initiatorDomains = [new URL(browser.runtime.getURL("/")).host];
  await api.updateSessionRules({
    removeRuleIds: before.map(({ id }) => id),
    addRules: rules.map(({ priority, action, ...filter }, index) => ({
      id: index + 1,
      priority,
      action: actionOf(action),
      condition: { ...filter, initiatorDomains, tabIds: [-1], resourceTypes },
    })),
  });
}

const resourceTypes = ["xmlhttprequest", "other"] as `${chrome.declarativeNetRequest.ResourceType}`[];

function actionOf(action: RequestRule["action"]): chrome.declarativeNetRequest.RuleAction {
  if (action.type !== "modifyHeaders") return { type: action.type };
  return {
    type: "modifyHeaders",
    requestHeaders: [{ header: "referer", operation: "set", value: action.referer }],
  };
}
