/** What commands are made of, for protocol.ts and the parts of it. */
import * as v from "valibot";

/** A context that may send commands. It is told by the sender's URL, never by the message. */
export type Caller = "popup" | "app" | "consent";

export interface Command<Input extends v.GenericSchema, Output> {
  input: Input;
  callers: readonly Caller[];
  /** Only for the type: never set. */
  output?: Output;
}

export function command<Output>() {
  return <Input extends v.GenericSchema>(callers: readonly Caller[], input: Input): Command<Input, Output> => ({
    callers,
    input,
  });
}

export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
export const profile = { profile: id };
/** Far above what S3 and DynamoDB take, so that a name that is too long is refused in words. */
const longestName = 100_000;
export const path = v.pipe(v.string(), v.maxLength(longestName));
/** Up to 1 MB of text: profiles are small. */
export const text = v.pipe(v.string(), v.maxLength(1_000_000));
