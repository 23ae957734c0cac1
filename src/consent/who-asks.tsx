import { useEffect, useRef } from "preact/hooks";
import type { ConsentView } from "../messaging/sites-view.ts";
import { t } from "../platform/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import { OriginName } from "../ui/sites/origin-name.tsx";
import { originParts } from "../ui/sites/origin-parts.ts";

/** Which origin, exactly; and what the page says, as its own words. */
export function WhoAsks({ view, title }: { view: ConsentView; title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What is read first has the focus, and no button: an Enter that was meant for the page decides nothing.
    heading.current?.focus();
  }, []);
  const words = view.title !== "" || view.wish.reason !== null;
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="consent-origin">
        <OriginName origin={view.origin} />
        {view.unicodeHost !== null && (
          <span class="small">
            {t("consent_unicode")} <bdi class="unicode-host">{view.unicodeHost}</bdi>
          </span>
        )}
      </p>
      {view.lookAlike && (
        <div class="notice warn look-alike" role="alert">
          <Icon name="alert" />
          <LookAlike host={originParts(view.origin).host} />
        </div>
      )}
      {words && (
        <figure class="page-words">
          <figcaption class="small muted">{t("consent_page_says")}</figcaption>
          <blockquote>
            {view.title !== "" && <bdi class="page-title">{view.title}</bdi>}
            {view.wish.reason !== null && <bdi>{view.wish.reason}</bdi>}
          </blockquote>
        </figure>
      )}
    </>
  );
}

/** The host stands in one piece: browsers break lines at its hyphens, and each letter of it counts. */
function LookAlike({ host }: { host: string }) {
  const mark = "\n";
  const [before, after] = t("consent_look_alike", mark).split(mark);
  return (
    <p>
      {before}
      <bdi class="whole-host">{host}</bdi>
      {after}
    </p>
  );
}
