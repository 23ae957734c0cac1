import type { Browser } from "puppeteer-core";

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

/** Puppeteer has no public way to WebDriver BiDi's own commands. */
function bidiConnection(browser: Browser): BidiConnection {
  if (!("connection" in browser)) throw new Error("This browser is not driven over WebDriver BiDi");
  return browser.connection as BidiConnection;
}
