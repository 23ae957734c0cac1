/** For the background: answers commands, once sender and form are right. */
import * as v from "valibot";
import { onConnect, onMessage, ownPage, type Port, type Sender } from "../platform/messages.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { type Result, toWireError } from "../shared/result.ts";
import type { Caller } from "./command.ts";
import { type PortAnswer, portName } from "./command-port.ts";
import { type CommandName, type Input, type Output, protocol } from "./protocol.ts";

export type Handlers = {
  [Name in CommandName]: (input: Input<Name>, caller: Caller) => Promise<Output<Name>>;
};

const callerOfPage: Record<string, Caller> = { "/popup.html": "popup", "/app.html": "app", "/consent.html": "consent" };

/** The context that sent a message; null for anything that is not one of our own pages. */
function callerOf(sender: Sender | undefined): Caller | null {
  const page = ownPage(sender);
  return page !== null && Object.hasOwn(callerOfPage, page) ? (callerOfPage[page] ?? null) : null;
}

function isCommandName(name: unknown): name is CommandName {
  return typeof name === "string" && Object.hasOwn(protocol, name);
}

/**
 * Judges a message: who sends, which command, is the input of its form.
 * @throws HoldallError `message-refused`, `message-invalid`
 */
export function judge(message: object, caller: Caller | null): { command: CommandName; input: unknown } {
  const command = "command" in message ? message.command : undefined;
  // The same words for an unknown command and a forbidden one: a stranger learns nothing.
  if (caller === null || !isCommandName(command) || !protocol[command].callers.includes(caller)) {
    throw new HoldallError("message-refused");
  }
  const input = "input" in message ? message.input : undefined;
  const parsed = v.safeParse(protocol[command].input, input);
  // valibot takes a list for an object without fields.
  if (Array.isArray(input)) throw new HoldallError("message-invalid", { subs: ["input"] });
  if (!parsed.success) {
    throw new HoldallError("message-invalid", { subs: [v.getDotPath(parsed.issues[0]) ?? "input"] });
  }
  return { command, input: parsed.output };
}

async function answer(message: object, sender: Sender | undefined, handlers: Handlers): Promise<Result<unknown>> {
  try {
    const caller = callerOf(sender);
    const { command, input } = judge(message, caller);
    const handler = handlers[command] as (input: unknown, caller: Caller | null) => Promise<unknown>;
    return { ok: true, value: await handler(input, caller) };
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

/** Milliseconds after which a command that still runs says so. Chromium ends a worker after 30 s without an event. */
const sign = 20_000;

/** Registers the listeners: call it synchronously at load, or the event that woke the worker is missed. */
export function serve(handlers: Handlers): void {
  onMessage((message, sender) => (isCommand(message) ? answer(message, sender, handlers) : undefined));
  onConnect((port) => {
    if (port.name !== portName) return;
    port.onMessage.addListener((message: unknown) => {
      if (!isCommand(message) || !("call" in message) || typeof message.call !== "number") return;
      void answerOverPort(port, message.call, answer(message, port.sender, handlers));
    });
  });
}

function isCommand(message: unknown): message is object {
  return typeof message === "object" && message !== null && "holdall" in message;
}

async function answerOverPort(port: Port, call: number, result: Promise<Result<unknown>>): Promise<void> {
  const post = (message: PortAnswer) => {
    try {
      port.postMessage(message);
    } catch {
      // The page is gone, and nobody waits.
    }
  };
  const alive = setInterval(() => post({ call }), sign);
  try {
    post({ call, result: await result });
  } finally {
    clearInterval(alive);
  }
}
