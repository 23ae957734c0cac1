/** For extension pages: sends a command to the background. */
import { sendMessage } from "../platform/messages.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { fromWireError } from "../shared/result.ts";
import { sendOverPort } from "./command-port.ts";
import type { CommandName, Input, Output } from "./protocol.ts";

/**
 * Runs a command in the background.
 * @throws HoldallError as the background answered it; `background-unreachable` when nobody answers.
 */
export async function call<Name extends CommandName>(command: Name, input: Input<Name>): Promise<Output<Name>> {
  let answer: unknown;
  try {
    const message = { holdall: 1, command, input } as const;
    answer = await (sendOverPort(message) ?? sendMessage(message));
  } catch (cause) {
    throw new HoldallError("background-unreachable", {}, { cause });
  }
  if (typeof answer !== "object" || answer === null || !("ok" in answer)) {
    throw new HoldallError("background-unreachable");
  }
  if (answer.ok === true && "value" in answer) return answer.value as Output<Name>;
  throw fromWireError("error" in answer ? answer.error : undefined);
}
