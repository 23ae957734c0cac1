import type { LockSettings } from "../messaging/session-protocol.ts";
import { idleState, onIdleState, setIdleInterval, tellsScreenLock } from "../platform/idle.ts";
import type { StorageArea } from "../platform/storage.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";

type LockChoice = Pick<LockSettings, "idleMinutes" | "onScreenLock">;

export interface AutoLock {
  settings(): Promise<LockSettings>;
  /** @throws HoldallError `managed` when the administrator decided */
  configure(choice: LockChoice): Promise<void>;
  /** Brings the browser's clock for idleness in line with the settings: at the start, and when a policy changed. */
  apply(): Promise<void>;
  alarmRang(): Promise<void>;
}

const key = "lock";
/**
 * Off: a lock stops what is being sent and asks for a password, while the screen's own lock keeps others from the machine already,
 * and credentials end by themselves with their hour.
 */
const standard: LockChoice = { idleMinutes: null, onScreenLock: false };
/** Seconds. Who has no lock is woken for an idle machine as seldom as can be. */
const never = 86_400;

/**
 * Locks by itself when nobody has touched the machine for a while, or when its screen locks. Call synchronously at load.
 * @param managed what the administrator decided; null when nothing
 */
export function createAutoLock(deps: {
  area: Pick<StorageArea, "get" | "set">;
  managed(): Promise<LockChoice | null>;
  lock(): Promise<void>;
  /** Sets (milliseconds since the epoch) or takes away the alarm that calls `alarmRang`. */
  alarm(at: number | null): void;
}): AutoLock {
  async function settings(): Promise<LockSettings> {
    const managed = await deps.managed();
    const stored = await deps.area.get(key);
    const choice = managed ?? (isChoice(stored) ? stored : standard);
    return { ...choice, managed: managed !== null, tellsScreenLock: tellsScreenLock() };
  }

  async function apply(): Promise<void> {
    const { idleMinutes } = await settings();
    setIdleInterval(idleMinutes === null ? never : idleMinutes * 60);
  }

  onIdleState((state) => {
    settings()
      .then(async ({ idleMinutes, onScreenLock }) => {
        if (state === "locked" && onScreenLock) return await deps.lock();
        // Behind a locked screen nobody is told when the machine has been idle for long enough.
        deps.alarm(state === "locked" && idleMinutes !== null ? Date.now() + idleMinutes * 60_000 : null);
        if (state === "idle") await lockIfIdle(idleMinutes);
      })
      .catch((error) => log.warn("lock", error));
  });

  /** The browser may have counted with an interval of its own. */
  async function lockIfIdle(idleMinutes: number | null): Promise<void> {
    if (idleMinutes !== null && (await idleState(idleMinutes * 60)) !== "active") await deps.lock();
  }

  return {
    settings,
    apply,
    alarmRang: async () => await lockIfIdle((await settings()).idleMinutes),
    async configure(choice) {
      if ((await deps.managed()) !== null) throw new HoldallError("managed");
      await deps.area.set(key, choice);
      await apply();
    },
  };
}

function isChoice(value: unknown): value is LockChoice {
  if (typeof value !== "object" || value === null || !("idleMinutes" in value) || !("onScreenLock" in value))
    return false;
  const { idleMinutes, onScreenLock } = value;
  return (idleMinutes === null || typeof idleMinutes === "number") && typeof onScreenLock === "boolean";
}
