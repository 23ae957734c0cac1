import { t } from "../platform/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import type { IconName } from "../ui/icon-paths.ts";
import { formatRoute, type Route, route } from "./route.ts";

const places: [label: () => string, icon: IconName, to: Route][] = [
  [() => t("files"), "folder", { page: "files", prefix: "", file: null }],
  [() => t("items"), "item", { page: "items", open: null }],
  [() => t("settings"), "settings", { page: "settings" }],
];

/** The app's places. Words go away where there is no room, names stay. */
export function Rail() {
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
        </a>
      ))}
    </nav>
  );
}
