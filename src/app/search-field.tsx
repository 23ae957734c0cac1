import type { RefObject } from "preact";

interface SearchFieldProps {
  label: string;
  /** What it holds: set by the owner, to "" as well. */
  text: string;
  /** At each character. The owner takes it over at once, or the next one would be written into what was before; what is slow waits by `useAfterTyping`. */
  onText: (text: string) => void;
  /** Where the slash leads here, by `usePageKeys`. */
  input?: RefObject<HTMLInputElement | null>;
  /** The way on to what is found. */
  onArrowDown?: (field: HTMLInputElement) => void;
}

/** Keeps a list to what is typed. Escape empties it. */
export function SearchField({ label, text, onText, input, onArrowDown }: SearchFieldProps) {
  return (
    <input
      ref={input ?? null}
      class="input search"
      type="search"
      autocomplete="off"
      spellcheck={false}
      maxLength={1000}
      aria-label={label}
      aria-keyshortcuts={input && "/"}
      placeholder={label}
      value={text}
      onInput={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "ArrowDown" && onArrowDown) {
          event.preventDefault();
          onArrowDown(event.currentTarget);
        } else if (event.key === "Escape" && event.currentTarget.value !== "") {
          // Chromium does so by itself, Firefox does not.
          event.preventDefault();
          onText("");
        }
      }}
    />
  );
}
