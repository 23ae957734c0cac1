import { type ReadonlySignal, signal } from "@preact/signals";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../error-text.ts";

export interface Autosave<Value> {
  /** The value as the person sees it: what was typed last, saved or not. */
  value: ReadonlySignal<Value>;
  /** `saved` once something was; `idle` before. */
  state: ReadonlySignal<"idle" | "changed" | "saving" | "saved" | "failed">;
  error: ReadonlySignal<HoldallError | null>;
  /** Takes a change; it is written after a pause. */
  change(value: Value): void;
  /** Writes at once what is not written; resolves when nothing is under way any more. */
  flush(): Promise<void>;
}

/**
 * Writes what is typed by itself, `pause` milliseconds after the last change: one write after the other, the last value last.
 * A value that could not be written stays, and goes with the next change or `flush`.
 */
export function createAutosave<Value>(
  first: Value,
  write: (value: Value) => Promise<void>,
  pause: number,
): Autosave<Value> {
  const value = signal(first);
  const state = signal<"idle" | "changed" | "saving" | "saved" | "failed">("idle");
  const error = signal<HoldallError | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  const run = async () => {
    while (state.value === "changed") {
      const mine = value.value;
      state.value = "saving";
      try {
        await write(mine);
        error.value = null;
        if (value.value === mine) state.value = "saved";
      } catch (cause) {
        error.value = asHoldallError(cause);
        if (value.value === mine) state.value = "failed";
      }
      // Typed meanwhile: after its own pause, or at once when somebody waits for the end.
      if (value.value !== mine) {
        state.value = "changed";
        if (timer !== undefined) return;
      }
    }
  };
  const start = () => {
    clearTimeout(timer);
    timer = undefined;
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    value,
    state,
    error,
    change: (next) => {
      value.value = next;
      if (state.value !== "saving") state.value = "changed";
      clearTimeout(timer);
      timer = setTimeout(start, pause);
    },
    flush: async () => {
      if (state.value === "failed") state.value = "changed";
      await start();
      if (state.value === "changed") await start();
    },
  };
}
