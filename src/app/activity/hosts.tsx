import { t } from "../../platform/i18n.ts";
import type { ActivityEntry } from "../../shared/activity.ts";
import { count } from "../../ui/format/count.ts";
import { hostsOf } from "./filter-entries.ts";

/** Where there is less room they are there at a click. */
const roomy = matchMedia("(min-width: 720px)");

interface HostsProps {
  entries: ActivityEntry[];
  /** How many older ones are not kept: of those nothing can be said. */
  dropped: number;
  onPick: (host: string) => void;
}

/** Every host that a request went to, and what this list cannot see: together they are all there is. */
export function Hosts({ entries, dropped, onPick }: HostsProps) {
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
              title={t("activity_host_show", host)}
              onClick={() => onPick(host)}
            >
              <bdi class="clip">{host}</bdi>
              <span class="muted">{count(many)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="muted">
        {dropped === 0 ? t("activity_nowhere_else") : t("activity_nowhere_among")} {t("activity_not_seen")}
      </p>
    </details>
  );
}
