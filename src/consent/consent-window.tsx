import { useEffect } from "preact/hooks";
import { call } from "../messaging/client.ts";
import type { ConsentView } from "../messaging/sites-view.ts";
import { t } from "../platform/i18n.ts";
import { closeOwnTab } from "../platform/tabs.ts";
import type { WireError } from "../shared/result.ts";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { ProfileBand } from "../ui/profile-switcher.tsx";
import { originParts } from "../ui/sites/origin-parts.ts";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";
import { Decision } from "./decision.tsx";
import { SignInFirst } from "./sign-in-first.tsx";
import { useConsent } from "./use-consent.ts";

/** Asks whether a site may be connected, and on which terms. Escape, and closing it, say no. */
export function ConsentWindow({ id }: { id: string }) {
  const { view, error, load } = useConsent(id);
  const refuse = () => {
    // The window closes whatever the answer: a question that nobody answers is refused as well.
    void call("sites.refuse", { id }).catch(() => null);
    void closeOwnTab();
  };
  useEscape(refuse);
  useEffect(() => {
    if (view !== null) document.title = t("consent_window", originParts(view.origin).host);
  }, [view?.origin]);
  return (
    <>
      <ProfileBand colour={view?.profile.colour ?? ""} />
      {view !== null ? (
        <>
          <Who view={view} />
          {view.identity === null ? (
            <SignInFirst view={view} onSignedIn={load} onRefuse={refuse} />
          ) : (
            <Decision key={view.identity.id} view={view} identity={view.identity.id} onRefuse={refuse} />
          )}
        </>
      ) : error !== null ? (
        <Unanswerable error={error} onRetry={() => void load()} />
      ) : (
        <main class="consent">
          <h1 class="sr">{t("extension_name")}</h1>
          <SkeletonRows count={8} />
        </main>
      )}
    </>
  );
}

/** The question is over for good, or is only not known yet. */
function Unanswerable({ error, onRetry }: { error: WireError; onRetry: () => void }) {
  if (error.code !== "site-unknown") {
    return (
      <main class="centre">
        <h1 class="sr">{t("extension_name")}</h1>
        <ErrorPanel error={error} onRetry={onRetry} />
      </main>
    );
  }
  return (
    <main class="centre">
      <h1>{t("consent_lost")}</h1>
      <p>{t("consent_lost_fix")}</p>
      <Button kind="primary" onClick={() => void closeOwnTab()}>
        {t("close")}
      </Button>
    </main>
  );
}

/** Whose storage it is. */
function Who({ view: { profile, identity } }: { view: ConsentView }) {
  return (
    <header class="consent-who">
      <span class="profile-dot" style={{ "--profile": profile.colour }} />
      <span class="sr">{t("profile")} </span>
      <bdi class="clip">{profile.name}</bdi>
      {identity !== null && (
        <bdi class="clip small muted" title={identity.id}>
          {identity.name}
        </bdi>
      )}
    </header>
  );
}

function useEscape(refuse: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.repeat) return;
      event.preventDefault();
      refuse();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
