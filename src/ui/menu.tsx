import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";
import { typeAhead } from "./type-ahead.ts";

export interface MenuItem {
  label: string;
  icon?: IconName;
  /** Set for a choice among several: marks the present one. */
  checked?: boolean;
  /** `#rrggbb` of what the label names. */
  colour?: string;
  danger?: boolean;
  /** Cannot be chosen now; the label says why. */
  disabled?: boolean;
  /** Begins another group: a line stands above it. */
  divided?: boolean;
  run: () => void;
}

interface OpenMenu {
  label: string;
  items: MenuItem[];
  /** Gets the focus back. */
  anchor: HTMLElement;
  /** Where to open, in viewport pixels; at the anchor when null. */
  point: { x: number; y: number } | null;
}

const open = signal<OpenMenu | null>(null);

/** Opens the page's one menu below `anchor`, or at a point for the mouse's context menu. */
export function openMenu(anchor: HTMLElement, label: string, items: MenuItem[], point: OpenMenu["point"] = null): void {
  open.value = { label, items, anchor, point };
}

/** True while the menu of `anchor` is open: for `aria-expanded`. */
export function isMenuOf(anchor: HTMLElement | null): boolean {
  return anchor !== null && open.value?.anchor === anchor;
}

/** Where menus appear: once per page, in its account bar. */
export function MenuHost() {
  const box = useRef<HTMLDivElement>(null);
  const menu = open.value;
  // Before the next key: who presses the menu key and an arrow at once means the menu.
  useLayoutEffect(() => {
    if (menu === null || box.current === null) return;
    box.current.showPopover();
    place(box.current, menu);
    const buttons = buttonsOf(box.current);
    // Among choices the present one: the next is one key away.
    (buttons.find((button) => button.ariaChecked === "true") ?? buttons[0])?.focus();
  }, [menu]);
  if (menu === null) return null;
  const close = () => {
    open.value = null;
    // The toggle event comes late: the browser may have given the focus back, and the person moved on with it.
    const holder = document.activeElement;
    if (holder === null || holder === document.body || box.current?.contains(holder)) menu.anchor.focus();
  };
  return (
    <div
      ref={box}
      class="menu"
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={menu.label}
      onToggle={(event) => event.newState === "closed" && open.value === menu && close()}
      onKeyDown={(event) => moveFocus(event, buttonsOf(event.currentTarget))}
    >
      {menu.items.map((item, index) => (
        <button
          // Two profiles may have one name.
          key={index}
          type="button"
          {...roleOf(item)}
          tabIndex={-1}
          class={`${item.danger ? "bad" : ""} ${item.divided ? "divided" : ""}`}
          // `disabled` would keep the arrows away, and the reason from readers.
          aria-disabled={item.disabled}
          onClick={() => {
            if (item.disabled) return;
            close();
            item.run();
          }}
        >
          {item.checked !== undefined ? <Mark checked={item.checked} /> : item.icon && <Icon name={item.icon} />}
          {item.colour && <span class="profile-dot" style={{ "--profile": item.colour }} />}
          <bdi class="clip">{item.label}</bdi>
        </button>
      ))}
    </div>
  );
}

function roleOf({ checked }: MenuItem) {
  return checked === undefined
    ? ({ role: "menuitem" } as const)
    : ({ role: "menuitemradio", "aria-checked": checked } as const);
}

function Mark({ checked }: { checked: boolean }) {
  return checked ? <Icon name="check" /> : <span class="menu-mark" />;
}

function buttonsOf(box: HTMLElement): HTMLButtonElement[] {
  return [...box.querySelectorAll("button")];
}

function place(box: HTMLElement, { anchor, point }: OpenMenu): void {
  const at = anchor.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const left = point?.x ?? (at.left + at.width / 2 > width / 2 ? at.right - box.offsetWidth : at.left);
  const below = point?.y ?? at.bottom + 4;
  const fits = below + box.offsetHeight <= innerHeight - 4;
  const top = fits ? below : (point?.y ?? at.top - 4) - box.offsetHeight;
  box.style.left = `${Math.max(4, Math.min(left, width - box.offsetWidth - 4))}px`;
  box.style.top = `${Math.max(4, top)}px`;
}

function moveFocus(event: KeyboardEvent, buttons: HTMLButtonElement[]): void {
  const current = buttons.findIndex((button) => button.matches(":focus"));
  const last = buttons.length - 1;
  const steps: Record<string, number> = {
    ArrowDown: current === last ? 0 : current + 1,
    ArrowUp: current <= 0 ? last : current - 1,
    Home: 0,
    End: last,
  };
  const typed = typeAhead(
    event,
    buttons.map((button) => button.textContent ?? ""),
    current,
  );
  const next = steps[event.key] ?? typed;
  if (event.key === "Tab") open.value?.anchor.focus();
  if (next === null || next === undefined) return;
  event.preventDefault();
  buttons[next]?.focus();
}
