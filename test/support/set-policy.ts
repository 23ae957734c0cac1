/** An administrator's policy for the extension, in a real browser and without being an administrator. */
import type { ExtensionBrowser } from "./extension-browser.ts";
import { inFirefoxWindow } from "./firefox-window.ts";
import { poll } from "./poll.ts";

/** What a policy may hold, by key; the empty one takes it away. */
export type PolicyValues = Record<string, unknown>;

/**
 * Sets the policy as the browser itself would read it: Chromium by its own page for testing policies (chrome://policy/test, which
 * branded Chrome leaves out of stable releases), through the schema of the extension; Firefox by what its `3rdparty` policy calls. Firefox
 * reads policies at its start alone, so its background page is ended and begins anew.
 *
 * @throws Error where the browser has no such way
 */
export async function setPolicy(browser: ExtensionBrowser, geckoId: string, values: PolicyValues): Promise<void> {
  if (browser.name === "firefox") {
    await inFirefoxWindow(browser.browser, setExtensionPolicy, geckoId, JSON.stringify(values));
    await browser.killHost();
    return;
  }
  const namespace = new URL(browser.origin).host;
  const policies = Object.entries(values).map(([name, value]) => ({
    level: 1,
    scope: 0,
    source: 0,
    namespace,
    name,
    value,
  }));
  const page = await browser.browser.newPage();
  try {
    await page.goto("chrome://policy/test");
    if ((await page.title()) !== "Policy Tests") throw new Error("This browser has no chrome://policy/test");
    // As text: the test's own compiler would put its import in place of the page's.
    await page.evaluate(`import("chrome://resources/js/cr.js").then(({ sendWithPromise }) =>
      sendWithPromise("setLocalTestPolicies", ${JSON.stringify(JSON.stringify(policies))}, ""))`);
  } finally {
    await page.close();
  }
}

/** Waits until the extension sees the keys of a policy, in one of its pages. */
export async function seesPolicy(
  page: { evaluate: (work: () => Promise<string>) => Promise<string> },
  keys: string[],
): Promise<void> {
  await poll(`the policy to have ${keys.join(", ")}`, async () => {
    const seen = await page.evaluate(async () =>
      JSON.stringify(Object.keys(await chrome.storage.managed.get(null).catch(() => ({})))),
    );
    if (JSON.stringify([...keys].sort()) === JSON.stringify((JSON.parse(seen) as string[]).sort())) return true;
    throw new Error(`it has ${seen}`);
  });
}

/** Runs in Firefox's window. */
function setExtensionPolicy(geckoId = "", values = "{}"): void {
  const { Services } = globalThis as unknown as {
    Services: { policies: { wrappedJSObject?: PolicyService } & PolicyService };
  };
  const service = Services.policies.wrappedJSObject ?? Services.policies;
  service.setExtensionPolicies({ [geckoId]: JSON.parse(values) });
}

interface PolicyService {
  setExtensionPolicies(policies: Record<string, object>): void;
}
