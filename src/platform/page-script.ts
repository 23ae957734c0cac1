/** Runs packaged scripts in a page: in a world of their own, and only after the click that gave `activeTab`. */
import { HoldallError } from "../shared/holdall-error.ts";
import { waitingCalls } from "../shared/page-calls.ts";
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
  const waiting = waitingCalls(file);
  // Two captures of one frame must not hear each other's script.
  const own = `${waiting} ${crypto.randomUUID()}`;
  // A page that never finishes loading can be captured all the same.
  await execute({ target, files: [file], injectImmediately: true });
  const call: CallPage<C> = async (name, ...input) => {
    const args = [waiting, own, name, input];
    const results = await execute({ target, func: callInPage, args, injectImmediately: true });
    return results.map(({ result }) => answerIn(result) as never);
  };
  try {
    return await work(call);
  } finally {
    // Nobody waits for it. The page may be gone by now: nothing is left there then.
    execute({ target, func: endInPage, args: [waiting, own], injectImmediately: true }).catch(() => {});
  }
}

/** The one answer of one frame. @throws HoldallError `capture-page-closed` */
export function onlyAnswer<T>([answer]: (T | null)[]): T {
  if (answer === undefined || answer === null) throw new HoldallError("capture-page-closed");
  return answer;
}

/** Crosses as source text: it sees its arguments alone. The first call of a run takes what the script left for it. */
async function callInPage(waiting: string, own: string, name: string, input: unknown[]): Promise<unknown> {
  const globals = globalThis as unknown as Record<string, unknown>;
  if (!(own in globals)) {
    const list = globals[waiting] as unknown[] | undefined;
    Object.defineProperty(globals, own, { value: list?.shift(), configurable: true });
    if (list?.length === 0) delete globals[waiting];
  }
  const calls = globals[own] as Record<string, (...all: unknown[]) => unknown> | undefined;
  try {
    return { answer: await calls?.[name]?.(...input) };
  } catch (error) {
    return { failure: String(error) };
  }
}

function endInPage(waiting: string, own: string): void {
  const globals = globalThis as unknown as Record<string, unknown>;
  const list = globals[waiting] as unknown[] | undefined;
  // Never called: what the script left is still there.
  if (!(own in globals)) list?.shift();
  if (list?.length === 0) delete globals[waiting];
  delete globals[own];
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
