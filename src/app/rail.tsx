import type { TransfersView } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { shortCount } from "../ui/format/count.ts";
import { Icon } from "../ui/icon.tsx";
import type { IconName } from "../ui/icon-paths.ts";
import { askingCount, unended } from "../ui/transfers/transfer-kind.ts";
import { formatRoute, type Route, route } from "./route.ts";

const places: [label: () => string, icon: IconName, to: Route][] = [
  [() => t("files"), "folder", { page: "files", prefix: "", file: null }],
  [() => t("items"), "item", { page: "items", open: null }],
  [() => t("transfers"), "transfers", { page: "transfers" }],
  [() => t("settings"), "settings", { page: "settings" }],
];

/** How many move or are to come; marked where some need the person. */
function RailCount({ transfers }: { transfers: TransfersView }) {
  const asking = askingCount(transfers);
  const all = asking > 0 ? asking : unended(transfers.totals);
  if (all === 0) return null;
  return (
    <span class={asking > 0 ? "rail-count asking" : "rail-count"}>
      {shortCount(all)}
      <span class="sr"> {t(asking > 0 ? "rail_need_you" : "rail_moving")}</span>
    </span>
  );
}

/** The app's places. Words go away where there is no room, names stay. */
export function Rail({ transfers }: { transfers: TransfersView }) {
  return (
    <nav class="rail" aria-label={t("places")}>
      {places.map(([label, icon, to]) => (
        <a
          key={to.page}
          href={formatRoute(to)}
          title={label()}
          aria-current={route.value.page === to.page ? "page" : undefined}
        >
          <Icon name={icon} />
          <span class="rail-word">{label()}</span>
          {to.page === "transfers" && <RailCount transfers={transfers} />}
        </a>
      ))}
    </nav>
  );
}
