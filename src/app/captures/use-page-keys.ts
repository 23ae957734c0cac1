import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface PageKeys {
  search: RefObject<HTMLInputElement | null>;
  /** Something is open beside the list. */
  open: boolean;
  onClose: () => void;
}

/** The slash goes to the search, Escape closes what is open. Where one types, in menus and dialogs, both mean what they mean there. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const element = target instanceof Element ? target : null;
      if (element?.closest("dialog, [popover]")) return;
      const typing = element?.closest("textarea, select, input:not([type=radio])") ?? null;
      if (event.key === "/" && typing === null) {
        event.preventDefault();
        latest.current.search.current?.focus();
      } else if (event.key === "Escape" && latest.current.open && !clears(typing)) latest.current.onClose();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

/** Escape empties a search first. */
const clears = (typing: Element | null) =>
  typing instanceof HTMLInputElement && typing.type === "search" && typing.value !== "";
