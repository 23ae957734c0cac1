import { beforeEach, describe, expect, test, vi } from "vitest";
import { createPort, sender } from "../platform/fake-browser.ts";

const browser = vi.hoisted(() => {
  const holder: { current: Record<string, unknown> } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

const { call } = await import("../../src/messaging/client.ts");
const { followView } = await import("../../src/messaging/view-port.ts");
const { emptyView } = await import("../../src/messaging/view.ts");

/** The page's end of each port that it opened. */
let ports: ReturnType<typeof createPort>[];
let messages: unknown[];
let stop: () => void;

beforeEach(() => {
  stop?.();
  ports = [];
  messages = [];
  const connect = ({ name }: { name: string }) => {
    const port = createPort(name, sender("/app.html"));
    ports.push(port);
    return port;
  };
  const sendMessage = async (message: unknown) => {
    messages.push(message);
    return { ok: true, value: "by message" };
  };
  browser.current = { runtime: { connect, sendMessage } };
  stop = followView(() => {});
});

const port = () => ports.at(-1) as ReturnType<typeof createPort>;

describe("a command", () => {
  test("is a message until the background has spoken on the port", async () => {
    expect(await call("view.get", {})).toBe("by message");
    expect(port().sent).toEqual([]);
  });

  test("goes over the port afterwards; answers find their callers, in any order", async () => {
    port().onMessage.emit(emptyView);
    const answers = [call("profiles.export", { id: "1" }), call("profiles.export", { id: "2" })];
    const [first, second] = port().sent as { call: number; input: { id: string } }[];
    expect([first?.input.id, second?.input.id]).toEqual(["1", "2"]);
    port().onMessage.emit({ call: second?.call, result: { ok: true, value: { text: "two" } } });
    // A sign of life is no answer.
    port().onMessage.emit({ call: first?.call });
    port().onMessage.emit({ call: first?.call, result: { ok: false, error: { code: "profile-missing", facts: {} } } });
    await expect(answers[0]).rejects.toMatchObject({ code: "profile-missing" });
    expect(await answers[1]).toEqual({ text: "two" });
    expect(messages).toEqual([]);
  });

  test("whose background ends is told so, and the next one wakes it by a message", async () => {
    port().onMessage.emit(emptyView);
    const answer = call("view.get", {});
    port().onDisconnect.emit();
    await expect(answer).rejects.toMatchObject({ code: "background-unreachable" });
    expect(await call("view.get", {})).toBe("by message");
  });

  test("on a port that is closed already goes out as a message", async () => {
    port().onMessage.emit(emptyView);
    port().disconnect();
    expect(await call("view.get", {})).toBe("by message");
  });
});
