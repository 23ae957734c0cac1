import { t } from "../../platform/i18n.ts";
import { hostName } from "./host-names.ts";

/** Hosts by match patterns, as the network writes them. */
export function HostList({ label, hosts }: { label: string; hosts: string[] }) {
  return (
    <div>
      <p class="label">{label}</p>
      {hosts.length === 0 ? (
        <p class="muted">{t("import_all_allowed")}</p>
      ) : (
        <ul class="hosts">
          {hosts.map((pattern) => (
            <li key={pattern} class="mono">
              {hostName(pattern)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
