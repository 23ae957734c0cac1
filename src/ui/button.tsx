import type { ButtonHTMLAttributes, ComponentChildren, Ref } from "preact";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "label">;

interface ButtonProps extends Native {
  /** One `primary` at most in a view. */
  kind?: "primary" | "plain" | "quiet" | "danger";
  icon?: IconName;
  children: ComponentChildren;
  /** Shows that its command runs: stays focusable, does nothing. */
  busy?: boolean;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button({ kind = "plain", icon, children, busy = false, buttonRef, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      ref={buttonRef ?? null}
      class={`button ${kind} ${rest.class ?? ""}`}
      // `disabled` would drop the focus in the middle of a command.
      aria-disabled={busy || rest["aria-disabled"] || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Native {
  icon: IconName;
  /** Its name, also shown on hover. */
  label: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, buttonRef, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      ref={buttonRef ?? null}
      class={`icon-button ${rest.class ?? ""}`}
      aria-label={label}
    >
      <Icon name={icon} />
    </button>
  );
}
