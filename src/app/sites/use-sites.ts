import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { SiteRow, SitesView } from "../../messaging/sites-view.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../../ui/error-text.ts";
import { now } from "../../ui/state/now.ts";
import type { Owner } from "../../ui/state/owner.ts";

export interface Sites {
  /** The site that was used last first; null until they are known. */
  rows: SiteRow[] | null;
  error: HoldallError | null;
  reload: () => Promise<void>;
}

/** The person's sites: anew when one is connected, changed or ended elsewhere, and now and then, since they are in use. */
export function useSites({ profile }: Owner, { connected }: SitesView): Sites {
  const rows = useSignal<SiteRow[] | null>(null);
  const error = useSignal<HoldallError | null>(null);
  const reload = async () => {
    try {
      const all = await call("sites.list", { profile });
      rows.value = all.toSorted((a, b) => (b.lastAccess ?? 0) - (a.lastAccess ?? 0));
      error.value = null;
    } catch (cause) {
      error.value = asHoldallError(cause);
    }
  };
  const known = JSON.stringify(connected);
  useEffect(() => {
    if (document.visibilityState === "visible") void reload();
  }, [profile, known, now.value]);
  return { rows: rows.value, error: error.value, reload };
}
