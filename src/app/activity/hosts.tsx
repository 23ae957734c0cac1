import { t } from "../../platform/i18n.ts";
import type { ActivityEntry } from "../../shared/activity.ts";
import { count } from "../../ui/format/count.ts";
import { hostsOf } from "./filter-entries.ts";

/** Where the list would be left with little they are there at a click. */
const roomy = matchMedia("(min-width: 720px)");

/** Every host that a request went to, and what this list cannot see: together they are all there is. */
export function Hosts({ entries, onPick }: { entries: ActivityEntry[]; onPick: (host: string) => void }) {
  const hosts = hostsOf(entries);
  return (
    <details class="hosts-spoken small" open={roomy.matches}>
      <summary>{t("activity_hosts", count(hosts.length))}</summary>
      <ul>
        {hosts.map(([host, many]) => (
          <li key={host}>
            <button
              type="button"
              class="host-spoken"
              aria-label={t("activity_host_show", host, count(many))}
              onClick={() => onPick(host)}
            >
              <bdi class="clip">{host}</bdi>
              <span class="muted">{count(many)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="muted">{t("activity_not_seen")}</p>
    </details>
  );
}
