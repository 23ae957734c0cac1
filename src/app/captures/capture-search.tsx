import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";

interface CaptureSearchProps {
  input: RefObject<HTMLInputElement | null>;
  text: string;
  onChange: (text: string) => void;
}

/** Words that title, address, note, tags or path hold. */
export function CaptureSearch({ input, text, onChange }: CaptureSearchProps) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLayoutEffect(() => {
    // Taken away elsewhere. What is being typed is left alone.
    if (input.current !== null && text === "" && timer.current === undefined) input.current.value = "";
  }, [input, text]);
  return (
    <input
      ref={input}
      class="input search"
      type="search"
      autocomplete="off"
      spellcheck={false}
      maxLength={1000}
      aria-label={t("captures_search")}
      aria-keyshortcuts="/"
      placeholder={t("captures_search")}
      onInput={(event) => {
        const { value } = event.currentTarget;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          timer.current = undefined;
          onChange(value);
        }, 150);
      }}
    />
  );
}
