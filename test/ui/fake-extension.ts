/**
 * The extension API for tests in Node: import it before anything of src. Texts are their key and substitutions, storage is a
 * plain object, commands are answered by `answerWith`.
 */
import type { CommandName } from "../../src/messaging/protocol.ts";
import { toWireError } from "../../src/shared/result.ts";

type Answer = (input: Record<string, unknown>) => unknown;

let answers: Partial<Record<CommandName, Answer>> = {};

/** Every command that was sent, in order. */
export const sent: { command: string; input: Record<string, unknown> }[] = [];
export const sessionValues: Record<string, unknown> = {};

/** What the background answers; a command that is not named fails the test. */
export function answerWith(next: Partial<Record<CommandName, Answer>>): void {
  answers = next;
  sent.length = 0;
  for (const key of Object.keys(sessionValues)) delete sessionValues[key];
}

async function sendMessage({ command, input }: { command: CommandName; input: Record<string, unknown> }) {
  sent.push({ command, input });
  const answer = answers[command];
  if (answer === undefined)
    return { ok: false, error: { code: "internal", facts: { subs: [`unplanned ${command}`] } } };
  try {
    return { ok: true, value: (await answer(input)) ?? null };
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

const area = (values: Record<string, unknown>) => ({
  get: async (key: string | null) => (key === null ? { ...values } : key in values ? { [key]: values[key] } : {}),
  set: async (entries: Record<string, unknown>) => void Object.assign(values, structuredClone(entries)),
  remove: async (keys: string | string[]) => {
    for (const key of [keys].flat()) delete values[key];
  },
});

Object.assign(globalThis, {
  browser: {
    i18n: { getMessage: (key: string, subs: string[]) => [key, ...subs].join(" "), getUILanguage: () => "en-GB" },
    runtime: { sendMessage },
    storage: { session: area(sessionValues), local: area({}) },
  },
});
