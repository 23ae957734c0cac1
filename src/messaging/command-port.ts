/**
 * Commands over the port that carries the view. For a message of its own the browser opens a channel each time, which takes
 * longer than all the rest that Holdall adds to a request (0.75 ms against 0.3 ms); so a message is sent only while no port is
 * known to be answered, and wakes the background then.
 */
import type { Port } from "../platform/messages.ts";

export const portName = "view";

/** What goes over the port besides views: a command with a number, and its answer with the same. */
export interface PortCommand {
  call: number;
  holdall: 1;
  command: string;
  input: unknown;
}

export interface PortAnswer {
  call: number;
  /** Absent while the command runs: a message keeps Chromium's worker from being idle. */
  result?: unknown;
}

let answered: Port | null = null;
let last = 0;
const waiting = new Map<number, (result: unknown) => void>();

export function isPortAnswer(message: unknown): message is PortAnswer {
  return typeof message === "object" && message !== null && "call" in message;
}

/** The background has spoken on this port, so it listens there. */
export function portAnswered(port: Port): void {
  answered = port;
}

/** Nobody will answer what was asked on this port. */
export function portClosed(port: Port): void {
  if (answered !== port) return;
  answered = null;
  const callers = [...waiting.values()];
  waiting.clear();
  for (const settle of callers) settle(undefined);
}

export function settleCall({ call, result }: PortAnswer): void {
  if (result === undefined) return;
  waiting.get(call)?.(result);
  waiting.delete(call);
}

/** The answer, undefined when the background ended before it; null when there is no port to send over. */
export function sendOverPort(message: Omit<PortCommand, "call">): Promise<unknown> | null {
  const call = ++last;
  try {
    if (answered === null) return null;
    answered.postMessage({ ...message, call });
  } catch {
    // Closed, and the event that says so has not come yet.
    return null;
  }
  return new Promise((resolve) => waiting.set(call, resolve));
}
