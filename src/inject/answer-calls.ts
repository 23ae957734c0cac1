import { pageScriptGlobal } from "../shared/page-calls.ts";

/** Lets the background call these functions by name, until it takes the global away. */
export function answerCalls(calls: Record<string, (...input: never[]) => unknown>): void {
  Object.defineProperty(globalThis, pageScriptGlobal, { value: calls, configurable: true });
}
