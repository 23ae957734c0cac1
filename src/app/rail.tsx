import type { TransfersView, View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { shortCount } from "../ui/format/count.ts";
import { Icon } from "../ui/icon.tsx";
import type { IconName } from "../ui/icon-paths.ts";
import { askingCount, unended } from "../ui/transfers/transfer-kind.ts";
import { formatRoute, type Route, route } from "./route.ts";

const places: [label: () => string, icon: IconName, to: Route][] = [
  [() => t("files"), "folder", { page: "files", prefix: "", file: null }],
  [() => t("items"), "item", { page: "items", open: null }],
  [() => t("captures"), "camera", { page: "captures", open: null }],
  [() => t("transfers"), "transfers", { page: "transfers" }],
  [() => t("sites"), "globe", { page: "sites", open: null }],
  [() => t("activity"), "activity", { page: "activity" }],
  [() => t("doctor"), "doctor", { page: "doctor" }],
  [() => t("settings"), "settings", { page: "settings" }],
];

/** The isolation proof is the doctor's second page; profiles are brought and made from the settings. */
function placeOf({ page }: Route): Route["page"] {
  if (page === "proof") return "doctor";
  return page === "import" || page === "setup" ? "settings" : page;
}

/** How many move or are to come; marked where some need the person. */
function TransfersCount({ transfers }: { transfers: TransfersView }) {
  const asking = askingCount(transfers);
  if (asking > 0) return <RailCount many={asking} asking={transfers.totals.failed > 0 ? "failed" : "question"} />;
  return <RailCount many={unended(transfers.totals)} />;
}

/** How many captures did not work, or belong to nobody yet. */
function CapturesCount({ captures: { pending, unclaimed } }: Pick<View, "captures">) {
  return <RailCount many={unclaimed + pending.filter(({ state }) => state === "failed").length} asking="failed" />;
}

function RailCount({ many, asking }: { many: number; asking?: "failed" | "question" }) {
  if (many === 0) return null;
  return (
    <span class={`rail-count ${asking ?? ""}`}>
      {shortCount(many)}
      <span class="sr"> {t(asking === undefined ? "rail_moving" : "rail_need_you")}</span>
    </span>
  );
}

/** The app's places. Words go away where there is no room, names stay. */
export function Rail({ view }: { view: View }) {
  return (
    <nav class="rail" aria-label={t("places")}>
      {places.map(([label, icon, to]) => (
        <a
          key={to.page}
          href={formatRoute(to)}
          title={label()}
          aria-current={placeOf(route.value) === to.page ? "page" : undefined}
        >
          <Icon name={icon} />
          <span class="rail-word">{label()}</span>
          {to.page === "captures" && <CapturesCount captures={view.captures} />}
          {to.page === "transfers" && <TransfersCount transfers={view.transfers} />}
        </a>
      ))}
    </nav>
  );
}
