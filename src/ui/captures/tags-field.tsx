import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { IconButton } from "../button.tsx";
import { suggestedTags, withTags } from "./tags.ts";

interface TagsFieldProps {
  tags: string[];
  onChange: (tags: string[]) => void;
  /** Tags in use, most used first. */
  known: string[];
  /** Enter in the empty field. */
  onEnter?: (() => void) | undefined;
}

/** Tags as chips. Enter, a comma, a suggestion or leaving the field adds what is typed; Backspace in an empty field takes the last. */
export function TagsField({ tags, onChange, known, onEnter }: TagsFieldProps) {
  const id = useId();
  const typed = useSignal("");
  const input = useRef<HTMLInputElement>(null);
  const add = (text: string) => {
    typed.value = "";
    const next = withTags(tags, text);
    if (next.length > tags.length) onChange(next);
  };
  const leave = useRef(() => {});
  leave.current = () => {
    if (typed.peek() !== "") add(typed.peek());
  };
  useEffect(() => {
    // No blur comes when the field or the page goes.
    const commit = () => leave.current();
    addEventListener("pagehide", commit);
    return () => {
      removeEventListener("pagehide", commit);
      commit();
    };
  }, []);
  const remove = (tag: string) => {
    onChange(tags.filter((other) => other !== tag));
    // The chip goes, and the focus with it.
    input.current?.focus();
  };
  return (
    <div class="field">
      <label for={id}>{t("capture_tags")}</label>
      <div class="tags">
        {tags.length > 0 && (
          <ul class="tag-list">
            {tags.map((tag) => (
              <li key={tag} class="tag">
                <bdi class="clip" title={tag}>
                  {tag}
                </bdi>
                <IconButton icon="x" label={t("capture_tag_remove", tag)} onClick={() => remove(tag)} />
              </li>
            ))}
          </ul>
        )}
        <input
          ref={input}
          id={id}
          class="tag-input"
          autocomplete="off"
          list={`${id}-known`}
          placeholder={t("capture_tag_add")}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            // A suggestion that was chosen replaces the text as a whole.
            const chosen = event instanceof InputEvent && event.inputType === "insertReplacementText";
            if (chosen || /[,\n]/.test(typed.value)) add(typed.value);
          }}
          onKeyDown={(event) => {
            if (event.isComposing) return;
            if (event.key === "Enter") {
              event.preventDefault();
              if (typed.value.trim() === "") onEnter?.();
              else add(typed.value);
            } else if (event.key === "Backspace" && typed.value === "") {
              const last = tags.at(-1);
              if (last !== undefined) remove(last);
            }
          }}
          onBlur={() => add(typed.value)}
        />
        <datalist id={`${id}-known`}>
          {suggestedTags(known, tags, typed.value).map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </div>
    </div>
  );
}
