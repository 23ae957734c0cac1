import { useRef } from "preact/hooks";
import type { View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { IconButton } from "./button.tsx";
import { exactTime } from "./format/relative-time.ts";
import { isMenuOf, MenuHost } from "./menu.tsx";
import { activeProfile, ProfileBand, ProfileSwitcher } from "./profile-switcher.tsx";
import { SessionClock } from "./session-clock.tsx";
import { ownerOf } from "./state/owner.ts";
import { detailsAnchor } from "./state/whose-details.ts";

interface AccountBarProps {
  view: View;
  /** Opens the menu at this element; null where it would be empty. */
  onMenu: ((anchor: HTMLElement) => void) | null;
  onManageProfiles: () => void;
}

/** Which profile, who, for how long, and the menu. */
export function AccountBar({ view, onMenu, onManageProfiles }: AccountBarProps) {
  const button = useRef<HTMLButtonElement>(null);
  return (
    <header class="account">
      <ProfileBand colour={activeProfile(view)?.colour ?? ""} />
      <div class="account-line">
        <ProfileSwitcher view={view} onManage={onManageProfiles} />
        <Who view={view} />
        {onMenu && (
          <IconButton
            icon="more"
            label={t("menu")}
            buttonRef={button}
            aria-haspopup="menu"
            aria-expanded={isMenuOf(button.current)}
            onClick={(event) => onMenu(event.currentTarget)}
          />
        )}
      </div>
      {/* The page's menus open in the top layer; for readers they stand in this landmark. */}
      <MenuHost />
    </header>
  );
}

/** Who is signed in, with which role, for how long; pressed, all of it. */
function Who({ view }: { view: View }) {
  const button = useRef<HTMLButtonElement>(null);
  const { session } = view;
  const owner = ownerOf(view);
  if (owner === null || !("expiresAt" in session)) {
    return <p class="who">{session.state === "choosing-role" && <bdi class="clip small muted">{session.name}</bdi>}</p>;
  }
  const role = session.role && session.role.of > 1 ? session.role.name : null;
  return (
    <div class="who">
      <button
        ref={button}
        type="button"
        class="who-button small muted"
        title={[t("session_until", exactTime(session.expiresAt)), role, owner.identity].filter(Boolean).join("\n")}
        aria-haspopup="dialog"
        aria-expanded={button.current !== null && detailsAnchor.value === button.current}
        onClick={(event) => {
          detailsAnchor.value = event.currentTarget;
        }}
      >
        <bdi class="clip">{owner.name}</bdi>
        {role !== null && <bdi class="clip who-role">{role}</bdi>}
        <SessionClock session={session} />
      </button>
    </div>
  );
}
