import { t } from "../../platform/i18n.ts";
import { Icon } from "../../ui/icon.tsx";
import { formatRoute } from "../route.ts";

/** Where one is, and the way up. */
export function Breadcrumbs({ prefix }: { prefix: string }) {
  const names = prefix.split("/").slice(0, -1);
  const hrefOf = (depth: number) => {
    const path = names.slice(0, depth).map((name) => `${name}/`);
    return formatRoute({ page: "files", prefix: path.join(""), file: null });
  };
  return (
    <nav class="crumbs" aria-label={t("breadcrumbs")}>
      <h1 class="sr">{names.at(-1) ?? t("your_folder")}</h1>
      <ol>
        {[t("your_folder"), ...names].map((name, depth, all) => (
          <li key={hrefOf(depth)}>
            {depth > 0 && <Icon name="chevron-right" />}
            <a href={hrefOf(depth)} aria-current={depth === all.length - 1 ? "page" : undefined}>
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
