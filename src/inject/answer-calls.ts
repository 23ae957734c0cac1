import { waitingCalls } from "../shared/page-calls.ts";

/** Lets the background call these functions by name, until it takes them away. @param file the packaged script's own name */
export function answerCalls(file: string, calls: Record<string, (...input: never[]) => unknown>): void {
  const globals = globalThis as unknown as Record<string, unknown>;
  const name = waitingCalls(file);
  const waiting = (globals[name] as unknown[] | undefined) ?? [];
  waiting.push(calls);
  Object.defineProperty(globals, name, { value: waiting, configurable: true });
}
