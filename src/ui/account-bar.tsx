import { useRef } from "preact/hooks";
import type { View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { IconButton } from "./button.tsx";
import { isMenuOf, MenuHost, type MenuItem, openMenu } from "./menu.tsx";
import { activeProfile, ProfileBand, ProfileSwitcher } from "./profile-switcher.tsx";
import { SessionClock } from "./session-clock.tsx";
import { ownerOf } from "./state/owner.ts";
import { refreshRecent, signOut } from "./storage/session-actions.ts";

interface AccountBarProps {
  view: View;
  /** What the page itself has to offer, before the rest. */
  menu: MenuItem[];
  onManageProfiles: () => void;
}

/** Which profile, who, for how long, and the menu. */
export function AccountBar({ view, menu, onManageProfiles }: AccountBarProps) {
  const button = useRef<HTMLButtonElement>(null);
  const owner = ownerOf(view);
  const items: MenuItem[] = [...menu];
  if (owner !== null) {
    items.push(
      { label: t("refresh"), icon: "refresh", run: () => refreshRecent(owner.profile) },
      { label: t("sign_out"), icon: "sign-out", run: () => signOut(owner.profile) },
    );
  }
  return (
    <header class="account">
      <ProfileBand colour={activeProfile(view)?.colour ?? ""} />
      <div class="account-line">
        <ProfileSwitcher view={view} onManage={onManageProfiles} />
        <p class="who small muted">
          {owner !== null && (
            <>
              <bdi class="clip" title={owner.identity}>
                {owner.name}
              </bdi>
              <SessionClock session={view.session} />
            </>
          )}
        </p>
        {items.length > 0 && (
          <IconButton
            icon="more"
            label={t("menu")}
            buttonRef={button}
            aria-haspopup="menu"
            aria-expanded={isMenuOf(button.current)}
            onClick={(event) => openMenu(event.currentTarget, t("menu"), items)}
          />
        )}
      </div>
      {/* The page's menus open in the top layer; for readers they stand in this landmark. */}
      <MenuHost />
    </header>
  );
}
