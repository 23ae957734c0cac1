/** Runs packaged scripts in a page: in a world of their own, and only after the click that gave `activeTab`. */
import { HoldallError } from "../shared/holdall-error.ts";
import { pageScriptGlobal } from "../shared/page-calls.ts";
import { browser } from "./browser.ts";

export interface PageTarget {
  tab: number;
  /** `all`: each frame that scripts may run in. */
  frame: number | "all";
}

type Calls = Record<string, (...input: never[]) => unknown>;

/** Calls a function of the script in the page; one answer for each frame, null from a frame where it failed. */
export type CallPage<C extends Calls> = <N extends keyof C & string>(
  name: N,
  ...input: Parameters<C[N]>
) => Promise<(Awaited<ReturnType<C[N]>> | null)[]>;

/**
 * Puts a script into the page while `work` runs. It answers calls; afterwards nothing of it can be reached.
 * @param file name of the packaged script, see src/inject/
 * @throws HoldallError `capture-page-closed` when scripts may not run there, or the tab closed or went elsewhere
 */
export async function withPageScript<C extends Calls, R>(
  { tab, frame }: PageTarget,
  file: string,
  work: (call: CallPage<C>) => Promise<R>,
): Promise<R> {
  const target = frame === "all" ? { tabId: tab, allFrames: true } : { tabId: tab, frameIds: [frame] };
  // Two captures of one frame must not hear each other's script.
  const own = `${pageScriptGlobal} ${crypto.randomUUID()}`;
  await inTurn(async () => {
    // A page that never finishes loading can be captured all the same.
    await execute({ target, files: [file], injectImmediately: true });
    await execute({ target, func: renameInPage, args: [pageScriptGlobal, own], injectImmediately: true });
  });
  const call: CallPage<C> = async (name, ...input) => {
    const args = [own, name, input];
    const results = await execute({ target, func: callInPage, args, injectImmediately: true });
    return results.map(({ result }) => answerIn(result) as never);
  };
  try {
    return await work(call);
  } finally {
    // The page may be gone by now: nothing is left there then.
    await execute({ target, func: endInPage, args: [own], injectImmediately: true }).catch(() => {});
  }
}

let turn: Promise<unknown> = Promise.resolve();

function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** The one answer of one frame. @throws HoldallError `capture-page-closed` */
export function onlyAnswer<T>([answer]: (T | null)[]): T {
  if (answer === undefined || answer === null) throw new HoldallError("capture-page-closed");
  return answer;
}

/** Crosses as source text: it sees its arguments alone. */
async function callInPage(global: string, name: string, input: unknown[]): Promise<unknown> {
  const calls = (globalThis as unknown as Record<string, Record<string, (...all: unknown[]) => unknown> | undefined>)[
    global
  ];
  try {
    return { answer: await calls?.[name]?.(...input) };
  } catch (error) {
    return { failure: String(error) };
  }
}

function renameInPage(from: string, to: string): void {
  const globals = globalThis as unknown as Record<string, unknown>;
  Object.defineProperty(globals, to, { value: globals[from], configurable: true });
  delete globals[from];
}

function endInPage(global: string): void {
  delete (globalThis as unknown as Record<string, unknown>)[global];
}

function answerIn(result: unknown): unknown {
  if (typeof result !== "object" || result === null) return null;
  if ("failure" in result) throw new Error(String(result.failure));
  return "answer" in result ? result.answer : null;
}

type Injection = Parameters<typeof browser.scripting.executeScript>[0];

async function execute(injection: Injection): Promise<{ result?: unknown }[]> {
  try {
    return await browser.scripting.executeScript(injection);
  } catch (cause) {
    throw new HoldallError("capture-page-closed", {}, { cause });
  }
}
