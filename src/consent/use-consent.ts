import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../messaging/client.ts";
import type { ConsentView } from "../messaging/sites-view.ts";
import type { HoldallError } from "../shared/holdall-error.ts";
import { asHoldallError } from "../ui/error-text.ts";

/** Milliseconds between two looks at who is signed in, here or in the popup: the window waits for somebody. */
const soon = 2000;
/** Somebody is; another one may be later. It also keeps the background awake, which the page's own request waits in. */
const later = 15_000;

export interface Consent {
  /** Null until it is known. */
  view: ConsentView | null;
  error: HoldallError | null;
  load: () => Promise<void>;
}

/** What the window is about, asked for again and again. */
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
    const timer = setInterval(() => void load(), out ? soon : later);
    return () => clearInterval(timer);
  }, [out]);
  return { view: view.value, error: error.value, load };
}
