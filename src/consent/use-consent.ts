import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../messaging/client.ts";
import type { ConsentView } from "../messaging/sites-view.ts";
import type { HoldallError } from "../shared/holdall-error.ts";
import { asHoldallError } from "../ui/error-text.ts";

/** Milliseconds between two looks at whether somebody is signed in by now, here or in the popup. */
const interval = 2000;

export interface Consent {
  /** Null until it is known. */
  view: ConsentView | null;
  error: HoldallError | null;
  load: () => Promise<void>;
}

/** What the window is about. While nobody is signed in it is asked for again and again. */
export function useConsent(id: string): Consent {
  const view = useSignal<ConsentView | null>(null);
  const error = useSignal<HoldallError | null>(null);
  const load = async () => {
    try {
      view.value = await call("sites.consent", { id });
      error.value = null;
    } catch (cause) {
      error.value = asHoldallError(cause);
    }
  };
  useEffect(() => void load(), [id]);
  const out = view.value !== null && view.value.identity === null;
  useEffect(() => {
    if (!out) return;
    const timer = setInterval(() => void load(), interval);
    return () => clearInterval(timer);
  }, [out]);
  return { view: view.value, error: error.value, load };
}
