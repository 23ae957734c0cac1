import { useSignal } from "@preact/signals";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../error-text.ts";

export interface Command<Args extends unknown[], Answer> {
  /** Runs it unless it runs already. The answer, or undefined when it failed: the failure is then in `error`. */
  run(...args: Args): Promise<Answer | undefined>;
  /** True from 300 ms on: what is quicker shows no sign of waiting. */
  pending: boolean;
  /** Kept until the next run. */
  error: HoldallError | null;
  clear(): void;
}

/** A command with its waiting and its failure, for a component. */
export function useCommand<Args extends unknown[], Answer>(
  action: (...args: Args) => Promise<Answer>,
): Command<Args, Answer> {
  const running = useSignal(false);
  const pending = useSignal(false);
  const error = useSignal<HoldallError | null>(null);
  return {
    pending: pending.value,
    error: error.value,
    clear: () => {
      error.value = null;
    },
    run: async (...args) => {
      if (running.value) return undefined;
      running.value = true;
      const timer = setTimeout(() => {
        pending.value = true;
      }, 300);
      try {
        const answer = await action(...args);
        error.value = null;
        return answer;
      } catch (cause) {
        error.value = asHoldallError(cause);
        return undefined;
      } finally {
        clearTimeout(timer);
        running.value = false;
        pending.value = false;
      }
    },
  };
}
