import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { Profile } from "../../shared/profile.ts";

/** The whole profile of an id; null while it is not known, and when it cannot be had: the page then says less. */
export function useProfile(id: string): Profile | null {
  const known = useSignal<{ id: string; profile: Profile } | null>(null);
  useEffect(() => {
    let here = true;
    call("profiles.export", { id }).then(
      ({ text }) => {
        // What the background exports was checked when it was kept.
        if (here) known.value = { id, profile: JSON.parse(text) as Profile };
      },
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [id, known]);
  return known.value?.id === id ? known.value.profile : null;
}
