import type { Browser } from "puppeteer-core";
import { poll } from "./poll.ts";

interface BidiConnection {
  send(method: string, params: object): Promise<{ result: unknown }>;
}

interface ChromeContexts {
  contexts: { context: string; url: string }[];
}

type EvaluationResult =
  | { type: "success"; result: { value?: unknown } }
  | { type: "exception"; exceptionDetails: { text: string } };

/**
 * Runs a function in Firefox's own window, where menus and prompts live. Needs `--remote-allow-system-access`.
 * The function crosses as source text: it sees its arguments and the browser window's globals only.
 */
export async function inFirefoxWindow(
  browser: Browser,
  work: (...args: string[]) => unknown,
  ...args: string[]
): Promise<unknown> {
  const connection = bidiConnection(browser);
  const tree = (await connection.send("browsingContext.getTree", { "moz:scope": "chrome" })).result as ChromeContexts;
  const window = tree.contexts.find(({ url }) => url.endsWith("/browser.xhtml"));
  if (!window) throw new Error("Firefox has no browser window");
  const { result } = await connection.send("script.callFunction", {
    functionDeclaration: String(work),
    arguments: args.map((value) => ({ type: "string", value })),
    awaitPromise: true,
    target: { context: window.context },
  });
  const answer = result as EvaluationResult;
  if (answer.type === "exception") throw new Error(`In Firefox's window: ${answer.exceptionDetails.text}`);
  return answer.result.value;
}

/** Agrees to the permission prompt that Firefox shows, for example after `permissions.request`. */
export async function acceptFirefoxPrompt(browser: Browser): Promise<void> {
  await poll("Firefox's permission prompt", () => inFirefoxWindow(browser, clickPromptButton));
  await poll("the prompt's end", async () => !(await inFirefoxWindow(browser, promptIsOpen)));
}

/** Runs in Firefox's window. The button is dead for half a second, so that nobody agrees by accident. */
function clickPromptButton(): boolean {
  const panel = document.getElementById("notification-popup") as (Element & { state: string }) | null;
  const notification = panel?.firstElementChild as (Element & { button?: HTMLButtonElement }) | null | undefined;
  if (panel?.state !== "open" || !notification?.button || notification.button.disabled) return false;
  notification.button.click();
  return true;
}

/** Runs in Firefox's window. */
function promptIsOpen(): boolean {
  return (document.getElementById("notification-popup") as (Element & { state: string }) | null)?.state === "open";
}

/** Puppeteer has no public way to WebDriver BiDi's own commands. */
function bidiConnection(browser: Browser): BidiConnection {
  if (!("connection" in browser)) throw new Error("This browser is not driven over WebDriver BiDi");
  return browser.connection as BidiConnection;
}
