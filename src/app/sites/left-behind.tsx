import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { siteName } from "../../shared/site/site-name.ts";
import { OriginName } from "../../ui/sites/origin-name.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { SiteData } from "./site-data.tsx";

/** What sites stored that are not connected here any more, or on another device only: the person still may save or delete it. */
export function LeftBehind({ owner, known }: { owner: Owner; known: string }) {
  const origins = useSignal<string[]>([]);
  useEffect(() => {
    // Without an answer there is nothing to offer; the list above says what is wrong.
    call("sites.areas", { profile: owner.profile }).then(
      (all) => {
        origins.value = all;
      },
      () => undefined,
    );
  }, [owner.profile, known]);
  if (origins.value.length === 0) return null;
  return (
    <section class="left-behind" aria-labelledby="left-behind">
      <h2 id="left-behind">{t("sites_left_behind")}</h2>
      <p class="muted">{t("sites_left_behind_hint")}</p>
      {origins.value.map((origin) => (
        <details key={origin}>
          <summary>
            <OriginName origin={origin} />
          </summary>
          <SiteData owner={owner} origin={origin} area={`apps/${siteName(origin)}/`} headed={false} />
        </details>
      ))}
    </section>
  );
}
