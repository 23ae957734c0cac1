import { beforeEach, expect, test, vi } from "vitest";
import { createAutoLock } from "../../src/background/auto-lock.ts";
import type { IdleState } from "../../src/platform/idle.ts";
import { createMemoryArea } from "../auth/support/memory-area.ts";

const idle = vi.hoisted(() => ({ listener: (_: string) => {}, seconds: 0, untouched: 0 }));
vi.mock("../../src/platform/idle.ts", () => ({
  onIdleState: (listener: (state: string) => void) => {
    idle.listener = listener;
  },
  setIdleInterval: (seconds: number) => {
    idle.seconds = seconds;
  },
  tellsScreenLock: () => true,
  idleState: async (seconds: number) => (idle.untouched >= seconds ? "idle" : "active"),
}));

let managed: { idleMinutes: number | null; onScreenLock: boolean } | null;
let locks: number;
let alarm: number | null;
let autoLock: ReturnType<typeof createAutoLock>;
const becomes = async (state: IdleState, untouched = 10_000) => {
  idle.untouched = untouched;
  idle.listener(state);
  await new Promise((resolve) => setTimeout(resolve, 5));
  return locks;
};

beforeEach(() => {
  managed = null;
  locks = 0;
  idle.seconds = 0;
  autoLock = createAutoLock({
    area: createMemoryArea(),
    managed: async () => managed,
    lock: async () => void locks++,
    alarm: (at) => {
      alarm = at;
    },
  });
});

test("is off until the person turns it on", async () => {
  expect(await autoLock.settings()).toEqual({
    ...{ idleMinutes: null, onScreenLock: false },
    ...{ managed: false, tellsScreenLock: true },
  });
  expect(await becomes("idle")).toBe(0);
  expect(await becomes("locked")).toBe(0);
});

test("locks after the minutes without input, and not sooner", async () => {
  await autoLock.configure({ idleMinutes: 15, onScreenLock: false });
  expect(idle.seconds).toBe(900);
  expect(await becomes("active")).toBe(0);
  // The browser counted with its own interval of a minute.
  expect(await becomes("idle", 60)).toBe(0);
  expect(await becomes("idle", 900)).toBe(1);
});

test("locks after the minutes behind a locked screen, unless somebody is back", async () => {
  await autoLock.configure({ idleMinutes: 15, onScreenLock: false });
  expect(await becomes("locked", 0)).toBe(0);
  expect(Math.abs(Number(alarm) - Date.now() - 900_000)).toBeLessThan(1000);
  await becomes("active", 0);
  expect(alarm).toBeNull();
  await autoLock.alarmRang();
  expect(locks).toBe(0);
  await becomes("locked", 900);
  await autoLock.alarmRang();
  expect(locks).toBe(1);
});

test("locks with the screen, where that is wished", async () => {
  await autoLock.configure({ idleMinutes: null, onScreenLock: true });
  expect(await becomes("idle")).toBe(0);
  expect(await becomes("locked", 0)).toBe(1);
});

test("what the administrator decided holds, and cannot be changed", async () => {
  await autoLock.configure({ idleMinutes: null, onScreenLock: false });
  managed = { idleMinutes: 5, onScreenLock: true };
  expect(await autoLock.settings()).toEqual({ ...managed, managed: true, tellsScreenLock: true });
  await expect(autoLock.configure({ idleMinutes: null, onScreenLock: false })).rejects.toMatchObject({
    code: "managed",
  });
  await autoLock.apply();
  expect(idle.seconds).toBe(300);
  expect(await becomes("locked", 0)).toBe(1);
});
