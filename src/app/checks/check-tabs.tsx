import { t } from "../../platform/i18n.ts";
import { formatRoute } from "../route.ts";

/** The two kinds of checks, each a page of its own. */
export function CheckTabs({ here }: { here: "doctor" | "proof" }) {
  const tabs = [
    ["doctor", t("doctor")],
    ["proof", t("proof")],
  ] as const;
  return (
    <nav class="check-tabs" aria-label={t("check_tabs")}>
      {tabs.map(([page, label]) => (
        <a key={page} href={formatRoute({ page })} aria-current={page === here ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
