import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button, IconButton } from "../button.tsx";
import { Fact } from "../fact.tsx";
import { exactTime } from "../format/relative-time.ts";
import { activeProfile } from "../profile-switcher.tsx";
import { ownerOf } from "../state/owner.ts";
import { detailsAnchor } from "../state/whose-details.ts";

/** All that a person needs to tell an administrator who they are, and nothing secret. */
export function SessionDetails({ view }: { view: View }) {
  const anchor = detailsAnchor.value;
  const owner = ownerOf(view);
  const box = useRef<HTMLDivElement>(null);
  const copied = useSignal<string | null>(null);
  const arn = useRoleArn(view, owner?.profile ?? null);
  useLayoutEffect(() => {
    if (anchor === null || box.current === null) return;
    box.current.showPopover();
    const at = anchor.getBoundingClientRect();
    const room = document.documentElement.clientWidth - 8 - box.current.offsetWidth;
    box.current.style.left = `${Math.max(8, Math.min(at.right - box.current.offsetWidth, room))}px`;
    box.current.style.top = `${at.bottom + 4}px`;
    box.current.querySelector("button")?.focus();
  }, [anchor]);
  const { session } = view;
  if (anchor === null || owner === null || !("expiresAt" in session)) return null;

  const rows: [label: string, value: string, mono?: boolean][] = [
    [t("account_name"), owner.name],
    [t("account_identity"), owner.identity, true],
    ...(session.role ? [[t("account_role"), session.role.name] as [string, string]] : []),
    ...(arn === null ? [] : [["ARN", arn, true] as [string, string, boolean]]),
    [t("account_until"), session.state === "needs-sign-in" ? t("session_ended") : exactTime(session.expiresAt)],
    [t("account_profile"), activeProfile(view)?.name ?? ""],
  ];
  const copy = async (what: string, text: string) => {
    await navigator.clipboard.writeText(text);
    copied.value = what;
  };
  const close = () => {
    detailsAnchor.value = null;
    const holder = document.activeElement;
    if (holder === null || holder === document.body || box.current?.contains(holder)) anchor.focus();
  };
  const whole = rows.map(([label, value]) => `${label}: ${value}`).join("\n");
  return (
    <div
      ref={box}
      class="session-details"
      popover="auto"
      role="dialog"
      aria-label={t("account_title")}
      onToggle={(event) => event.newState === "closed" && detailsAnchor.value === anchor && close()}
    >
      <h2>{t("account_title")}</h2>
      <dl class="facts">
        {rows.map(([label, value, mono = false]) => (
          <Fact key={label} label={label} mono={mono}>
            <bdi>{value}</bdi>
            {mono && (
              <IconButton
                icon={copied.value === label ? "check" : "copy"}
                label={t("copy_name", label)}
                onClick={() => void copy(label, value)}
              />
            )}
          </Fact>
        ))}
      </dl>
      <p class="small muted">{t("account_title_hint")}</p>
      <div class="buttons">
        <Button icon={copied.value === "all" ? "check" : "copy"} onClick={() => void copy("all", whole)}>
          {copied.value === "all" ? t("copied") : t("account_copy")}
        </Button>
      </div>
    </div>
  );
}

/** ARN of the role in use: in the view where it was chosen, else asked for once the details are open. */
function useRoleArn({ session }: View, profile: string | null): string | null {
  const chosen = "role" in session && session.role ? session.role.arn : null;
  const known = useSignal<string | null>(null);
  const open = detailsAnchor.value !== null;
  useEffect(() => {
    known.value = null;
    if (!open || chosen !== null || profile === null) return;
    call("session.roles", { profile }).then(
      ({ current }) => {
        known.value = current;
      },
      // The row is left out: all else is there.
      () => null,
    );
  }, [open, chosen, profile]);
  return chosen ?? known.value;
}
