import { useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { isMenuOf } from "./menu.tsx";

interface SplitButtonProps {
  label: string;
  /** Of the menu and of the button that opens it. */
  moreLabel: string;
  kind?: "primary" | "plain";
  /** Shown but inert: what is beside it says why. */
  disabled: boolean;
  onClick: () => void;
  /** Opens the menu with the other ways, at this element. */
  onMore: (anchor: HTMLElement) => void;
}

/** A button for what is meant most often, joined to one for its variants. */
export function SplitButton({ label, moreLabel, kind = "plain", disabled, onClick, onMore }: SplitButtonProps) {
  const more = useRef<HTMLButtonElement>(null);
  return (
    <div class="split">
      <button type="button" class={`button ${kind}`} disabled={disabled} onClick={onClick}>
        {label}
      </button>
      <button
        ref={more}
        type="button"
        class={`button ${kind}`}
        title={moreLabel}
        aria-label={moreLabel}
        aria-haspopup="menu"
        aria-expanded={isMenuOf(more.current)}
        disabled={disabled}
        onClick={(event) => onMore(event.currentTarget)}
      >
        <Icon name="chevron-down" />
      </button>
    </div>
  );
}
