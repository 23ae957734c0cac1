import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../platform/i18n.ts";
import { IconButton } from "./button.tsx";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** `sheet`: from below, for details on narrow pages. */
  shape?: "box" | "sheet";
  children: ComponentChildren;
}

/** A modal dialog. Escape and a click beside it close it. */
export function Dialog({ title, onClose, shape = "box", children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the effects of what is inside, which may choose what takes the focus.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    box.current?.showModal();
    return () => {
      // Once the dialog is gone: while it is open, what is behind it takes no focus.
      queueMicrotask(() => {
        if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
      });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same by the keyboard
    <dialog
      ref={box}
      class={`dialog ${shape}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === box.current && onClose()}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={titleId} class="clip">
            {title}
          </h2>
          <IconButton icon="x" label={t("close")} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
