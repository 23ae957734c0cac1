/** For the background: answers commands, once sender and form are right. */
import * as v from "valibot";
import { onMessage, ownPage, type Sender } from "../platform/messages.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { type Result, toWireError } from "../shared/result.ts";
import { type Caller, type CommandName, type Input, type Output, protocol } from "./protocol.ts";

export type Handlers = {
  [Name in CommandName]: (input: Input<Name>, caller: Caller) => Promise<Output<Name>>;
};

const callerOfPage: Record<string, Caller> = { "/popup.html": "popup", "/app.html": "app" };

/** The context that sent a message; null for anything that is not one of our own pages. */
function callerOf(sender: Sender): Caller | null {
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

async function answer(message: object, sender: Sender, handlers: Handlers): Promise<Result<unknown>> {
  try {
    const caller = callerOf(sender);
    const { command, input } = judge(message, caller);
    const handler = handlers[command] as (input: unknown, caller: Caller | null) => Promise<unknown>;
    return { ok: true, value: await handler(input, caller) };
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

/** Registers the listener: call it synchronously at load, or the event that woke the worker is missed. */
export function serve(handlers: Handlers): void {
  onMessage((message, sender) => {
    if (typeof message !== "object" || message === null || !("holdall" in message)) return undefined;
    return answer(message, sender, handlers);
  });
}
