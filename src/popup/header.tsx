import { useRef } from "preact/hooks";
import type { View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { IconButton } from "../ui/button.tsx";
import { isMenuOf, type MenuItem, openMenu } from "../ui/menu.tsx";
import { activeProfile, ProfileBand, ProfileSwitcher } from "../ui/profile-switcher.tsx";
import { SessionClock } from "../ui/session-clock.tsx";
import { ownerOf } from "../ui/state/owner.ts";
import { refreshRecent, signOut } from "../ui/storage/session-actions.ts";
import { leaveTo } from "./leave-to.ts";

/** Which profile, who, for how long, and the menu. */
export function Header({ view }: { view: View }) {
  const button = useRef<HTMLButtonElement>(null);
  const owner = ownerOf(view);
  const items: MenuItem[] = [{ label: t("open_app"), icon: "external", run: () => leaveTo("/files") }];
  if (owner !== null) {
    items.push(
      { label: t("refresh"), icon: "refresh", run: () => refreshRecent(owner.profile) },
      { label: t("sign_out"), icon: "sign-out", run: () => signOut(owner.profile) },
    );
  }
  return (
    <header class="head">
      <ProfileBand colour={activeProfile(view)?.colour ?? ""} />
      <div class="head-line">
        <ProfileSwitcher view={view} onManage={() => leaveTo("/settings")} />
        {owner !== null && (
          <p class="who small muted">
            <bdi class="clip" title={owner.identity}>
              {owner.name}
            </bdi>
            <SessionClock session={view.session} />
          </p>
        )}
        <IconButton
          icon="more"
          label={t("menu")}
          buttonRef={button}
          aria-haspopup="menu"
          aria-expanded={isMenuOf(button.current)}
          onClick={(event) => openMenu(event.currentTarget, t("menu"), items)}
        />
      </div>
    </header>
  );
}
