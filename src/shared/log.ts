/** The one way to the console. Takes texts and errors, never objects, so that no secret slips in as a property. */
import { HoldallError } from "./holdall-error.ts";
import { redact } from "./redact.ts";

function describe(error: unknown): string {
  if (error instanceof HoldallError) return `${error.code} ${error.facts.awsCode ?? ""} ${error.facts.requestId ?? ""}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

export const log = {
  info(text: string): void {
    console.info(`holdall: ${redact(text)}`);
  },
  warn(text: string, error?: unknown): void {
    console.warn(`holdall: ${redact(error === undefined ? text : `${text}: ${describe(error)}`)}`);
  },
};
