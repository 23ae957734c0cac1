import { useRef } from "preact/hooks";
import { call } from "../messaging/client.ts";
import type { ProfileSummary, View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { asHoldallError } from "./error-text.ts";
import { Icon } from "./icon.tsx";
import { isMenuOf, openMenu } from "./menu.tsx";
import { showToast } from "./state/toasts.ts";

export function activeProfile(view: View): ProfileSummary | null {
  return view.profiles.find((profile) => profile.id === view.activeProfile) ?? null;
}

/** The profile's colour, so that nobody confuses one environment with another. */
export function ProfileBand({ colour }: { colour: string }) {
  return <div class="band" style={{ "--profile": colour }} />;
}

/** Which profile is shown, and the way to another one. */
export function ProfileSwitcher({ view, onManage }: { view: View; onManage: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const active = activeProfile(view);
  if (active === null) return null;
  const select = (id: string) =>
    call("profiles.select", { id }).catch((error) =>
      showToast(t("profile_not_switched"), { error: asHoldallError(error) }),
    );
  const show = (anchor: HTMLElement) =>
    openMenu(anchor, t("profile_choose"), [
      ...view.profiles.map(({ id, name, colour, hint }) => ({
        label: hint === undefined ? name : `${name} · ${hint}`,
        colour,
        checked: id === active.id,
        run: () => id !== active.id && select(id),
      })),
      { label: t("profile_manage"), icon: "settings", divided: true, run: onManage },
    ]);
  return (
    <button
      ref={button}
      type="button"
      class="profile-button"
      aria-haspopup="menu"
      aria-expanded={isMenuOf(button.current)}
      onClick={(event) => show(event.currentTarget)}
    >
      <span class="profile-dot" style={{ "--profile": active.colour }} />
      <span class="sr">{t("profile")} </span>
      <bdi class="clip">{active.name}</bdi>
      <Icon name="chevron-down" />
    </button>
  );
}
