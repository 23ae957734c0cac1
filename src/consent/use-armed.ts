import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/**
 * Milliseconds for which the window has to be in view before "Allow" means anything. A page chooses when the window comes: under
 * the second click of a double click, or under an Enter that was meant for the page. Browsers wait as long before their own
 * questions can be answered (Firefox: `security.dialog_enable_delay`).
 */
const delay = 500;

/** True once the person has had the time to see what they answer; anew each time that the window comes to the front. */
export function useArmed(): boolean {
  const armed = useSignal(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const disarm = () => {
      clearTimeout(timer);
      armed.value = false;
    };
    const arm = () => {
      disarm();
      if (document.visibilityState !== "visible") return;
      timer = setTimeout(() => {
        armed.value = true;
      }, delay);
    };
    arm();
    addEventListener("focus", arm);
    addEventListener("blur", disarm);
    document.addEventListener("visibilitychange", arm);
    return () => {
      disarm();
      removeEventListener("focus", arm);
      removeEventListener("blur", disarm);
      document.removeEventListener("visibilitychange", arm);
    };
  }, [armed]);
  return armed.value;
}
