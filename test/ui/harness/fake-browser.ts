/**
 * Stands in for the extension API in an ordinary page, so that popup, app and consent window open without an extension. Which state is shown
 * comes from `globalThis.harness`, set before by the server; commands are answered from it.
 */
import type { CommandName } from "../../../src/messaging/protocol.ts";
import type { View } from "../../../src/messaging/view.ts";
import type { Result } from "../../../src/shared/result.ts";

type Answer = Result<unknown> | "never";

export interface HarnessState {
  view: View | null;
  session?: Record<string, unknown>;
  local?: Record<string, unknown>;
  /** Answer of a command; a list is answered one after the other, the last again and again. "never" leaves it open. */
  answers?: { [Name in CommandName]?: Answer | Answer[] };
  offline?: boolean;
  /** Hosts that are held, as match patterns. */
  held?: string[];
  /** The person does not allow the hosts or permissions that are asked for. */
  refuseHosts?: boolean;
  /** Optional permissions besides hosts that are held; those of the manifest of Chromium can be asked for. */
  permissions?: string[];
  /** As in Firefox: no optional permissions but hosts. */
  hostsOnly?: boolean;
  /** What the current tab shows; none when absent. */
  tab?: { id: number; url: string; title: string };
  messages: Record<string, { message: string }>;
  now: number;
}

const state = (globalThis as unknown as { harness: HarnessState }).harness;
Date.now = () => state.now;
if (state.offline === true) Object.defineProperty(navigator, "onLine", { value: false });

const asked: { command: string; input: unknown }[] = [];
const requested: { origins: string[]; permissions?: string[]; inClick: boolean }[] = [];
/** For tests: what the page asked of the background, and which hosts of the browser. */
Object.assign(globalThis, { asked, requested });

function area(values: Record<string, unknown>) {
  return {
    get: async (key: string | null) => (key === null ? { ...values } : key in values ? { [key]: values[key] } : {}),
    set: async (entries: Record<string, unknown>) => void Object.assign(values, entries),
    remove: async (keys: string | string[]) => {
      for (const key of [keys].flat()) delete values[key];
    },
  };
}

const session: Record<string, unknown> = { ...state.session, ...(state.view === null ? {} : { view: state.view }) };
Object.assign(globalThis, { sessionValues: session });

async function answerOf(message: { command: CommandName; input: unknown }): Promise<unknown> {
  asked.push({ command: message.command, input: message.input });
  const answer = state.answers?.[message.command];
  const next = Array.isArray(answer) ? (answer.length > 1 ? answer.shift() : answer[0]) : answer;
  if (next === "never") return await new Promise(() => {});
  return withBlobs(next ?? { ok: true, value: null });
}

/** A state is JSON: bytes are written as `data:` addresses in it, under the names that commands give to bytes. */
function withBlobs(answer: Result<unknown>): Result<unknown> {
  if (!answer.ok || typeof answer.value !== "object" || answer.value === null) return answer;
  const entries = Object.entries(answer.value).map(([name, value]) =>
    (name === "image" || name === "bytes") && typeof value === "string" ? [name, blobOf(value)] : [name, value],
  );
  return Array.isArray(answer.value) ? answer : { ok: true, value: Object.fromEntries(entries) };
}

function blobOf(address: string): Blob {
  const [, type = "", base64 = ""] = /^data:([^;]*);base64,(.*)$/.exec(address) ?? [];
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type });
}

const nobody = { addListener: () => {}, removeListener: () => {} };
const followers = new Set<(view: View) => void>();
/** For tests: a view as the background sends it. */
Object.assign(globalThis, { pushView: (view: View) => followers.forEach((listener) => void listener(view)) });

Object.assign(globalThis, {
  browser: {
    i18n: {
      getMessage: (key: string, subs: string[] = []) =>
        (state.messages[key]?.message ?? "").replace(/\$(\$|[1-9])/g, (_, sign: string) =>
          sign === "$" ? "$" : (subs[Number(sign) - 1] ?? ""),
        ),
      getUILanguage: () => "en-GB",
    },
    runtime: {
      id: "harness",
      getURL: (path: string) => new URL(path, location.origin).href,
      getManifest: () => ({
        version: "0.1.0",
        ...(state.hostsOnly === true ? {} : { optional_permissions: ["pageCapture"] }),
      }),
      sendMessage: answerOf,
      connect: () => ({
        onMessage: { addListener: (listener: (view: View) => void) => followers.add(listener) },
        postMessage: async (message: { call: number; command: CommandName; input: unknown }) => {
          const answer = { call: message.call, result: await answerOf(message) };
          for (const listener of followers) listener(answer as never);
        },
        onDisconnect: nobody,
        disconnect: () => {},
      }),
    },
    storage: { session: area(session), local: area({ ...state.local }) },
    permissions: {
      request: async ({ origins = [], permissions }: { origins?: string[]; permissions?: string[] }) => {
        requested.push({ origins, ...(permissions && { permissions }), inClick: navigator.userActivation.isActive });
        if (!origins.every((one) => /^https?:/.test(one)))
          throw new Error("Only permissions specified in the manifest");
        return state.refuseHosts !== true;
      },
      contains: async ({ origins = [], permissions = [] }: { origins?: string[]; permissions?: string[] }) =>
        origins.length + permissions.length > 0 &&
        origins.every((one) => state.held?.includes(one)) &&
        permissions.every((one) => state.permissions?.includes(one)),
    },
    tabs: {
      query: async ({ active }: { active?: boolean }) => (active && state.tab ? [state.tab] : []),
      create: async () => ({}),
      update: async () => ({}),
      getCurrent: async () => ({ id: 1 }),
      remove: async () => void Object.assign(globalThis, { closedTab: true }),
    },
  },
});
