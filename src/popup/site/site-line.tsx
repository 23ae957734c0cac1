import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { SitesView } from "../../messaging/sites-view.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { sitePattern } from "../../shared/site/site-pattern.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { isMenuOf, type MenuItem, openMenu } from "../../ui/menu.tsx";
import { grantSummary } from "../../ui/sites/grant-words.ts";
import { shortOrigin } from "../../ui/sites/origin-parts.ts";
import { endSite, pauseSite, permitSite } from "../../ui/sites/site-actions.ts";
import { type Owner, ownerOf } from "../../ui/state/owner.ts";
import { showToast } from "../../ui/state/toasts.ts";
import { leaveTo } from "../leave-to.ts";
import { connectSite } from "./connect-site.ts";
import { formatSiteRoute } from "./site-route.ts";

interface SiteLineProps {
  view: View;
  profile: string;
  origin: string;
}

type Connected = SitesView["connected"][number];

/** The page in view: connected and with what, or the way to connect it. */
export function SiteLine({ view, profile, origin }: SiteLineProps) {
  const owner = ownerOf(view);
  const site = view.sites.connected.find((one) => one.origin === origin);
  const held = useHeld(origin);
  if (owner !== null && site !== undefined && site.state !== "expired") {
    return <ConnectedSite owner={owner} site={site} held={held.value} onHeld={() => (held.value = true)} />;
  }
  const { error } = view.sites;
  return (
    <>
      <Icon name={error === null ? "globe" : "alert"} />
      {error === null ? (
        <SiteWords origin={origin} words={t(site === undefined ? "site_not_connected" : "site_expired")} />
      ) : (
        <SiteWords
          origin={origin}
          words={t("site_why")}
          warn
          onWords={() => showToast(t("site_connect_failed"), { error })}
        />
      )}
      <Button kind="quiet" onClick={() => connectSite(profile, origin, held.value ?? true)}>
        {site === undefined ? t("site_connect") : t("site_connect_again")}
      </Button>
    </>
  );
}

interface ConnectedSiteProps {
  owner: Owner;
  site: Connected;
  /** May content scripts run there? Null while that is not known. */
  held: boolean | null;
  onHeld: () => void;
}

function ConnectedSite({ owner, site, held, onHeld }: ConnectedSiteProps) {
  const more = useRef<HTMLButtonElement>(null);
  const { origin } = site;
  const paused = site.state === "paused";
  const missing = held === false;
  const words = missing ? t("site_permission_missing") : paused ? t("site_paused") : grantSummary(site);
  const menu: MenuItem[] = [
    {
      label: paused ? t("resume") : t("pause"),
      icon: paused ? "play" : "pause",
      run: () => void pauseSite(owner, origin, !paused),
    },
    { label: t("site_manage"), icon: "external", run: () => void leaveTo(formatSiteRoute(origin)) },
    { label: t("site_end_more"), icon: "x", danger: true, divided: true, run: () => void endSite(owner, origin) },
  ];
  return (
    <>
      {missing || paused ? <Icon name={missing ? "alert" : "pause"} /> : <Icon name="link" label={t("site_active")} />}
      <SiteWords origin={origin} words={words} warn={missing} />
      {missing ? (
        <Button kind="quiet" onClick={() => void permitSite(origin).then((yes) => yes && onHeld())}>
          {t("site_permit")}
        </Button>
      ) : paused ? (
        <Button kind="quiet" onClick={() => void pauseSite(owner, origin, false)}>
          {t("resume")}
        </Button>
      ) : null}
      <IconButton
        icon="more"
        label={t("site_more", shortOrigin(origin))}
        buttonRef={more}
        aria-haspopup="menu"
        aria-expanded={isMenuOf(more.current)}
        onClick={(event) => openMenu(event.currentTarget, shortOrigin(origin), menu)}
      />
    </>
  );
}

interface SiteWordsProps {
  origin: string;
  words: string;
  warn?: boolean;
  /** The words are a button. */
  onWords?: () => void;
}

function SiteWords({ origin, words, warn = false, onWords }: SiteWordsProps) {
  const look = warn ? "clip small warn" : "clip small muted";
  return (
    <p class="grow" title={`${origin}\n${words}`}>
      <bdi class="clip">{shortOrigin(origin)}</bdi>
      {onWords === undefined ? (
        <span class={look}>{words}</span>
      ) : (
        <button type="button" class={`site-why ${look}`} onClick={onWords}>
          {words}
        </button>
      )}
    </p>
  );
}

/** The person can take the permission away in the browser's own settings. */
function useHeld(origin: string) {
  const held = useSignal<boolean | null>(null);
  useEffect(() => {
    holdsHosts([sitePattern(origin)]).then(
      (yes) => (held.value = yes),
      () => null,
    );
  }, [origin, held]);
  return held;
}
