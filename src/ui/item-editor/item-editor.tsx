import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../button.tsx";
import { ErrorPanel } from "../error-panel.tsx";
import { isReservedKey } from "../format/reserved-key.ts";
import { whyNotPlain } from "../item-json/plain-json.ts";
import { withoutRev } from "../item-json/without-rev.ts";
import { deleteItem } from "../storage/item-actions.ts";
import { SignInButton } from "../storage/sign-in-button.tsx";
import { ConflictView } from "./conflict-view.tsx";
import { NotationSwitch } from "./notation-switch.tsx";
import type { EditorStart } from "./open-editor.ts";
import { SortKeyField } from "./sort-key-field.tsx";
import { useEditor } from "./use-editor.ts";

interface ItemEditorProps {
  start: EditorStart;
  onSaved: (row: ItemRow) => void;
  /** What was deleted here came back by Undo. */
  onRestored?: (row: ItemRow) => void;
  /** Closing keeps the draft. */
  onClose: () => void;
}

/** Edits an item as JSON. Ctrl+Enter (⌘ on a Mac) saves, Escape closes and keeps what was typed. */
export function ItemEditor({ start, onSaved, onRestored, onClose }: ItemEditorProps) {
  const { owner, row } = start;
  const editor = useEditor(start, onSaved);
  const { fields, fault, save } = editor;
  const area = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLFormElement>(null);
  const id = useId();
  const ours = row !== null && isReservedKey(row.sortKey);
  const keyError = save.error?.code.startsWith("item-key") ? save.error : null;
  useFirstFocus(box, row === null ? "input" : "textarea");
  useEffect(() => {
    if (fault?.position == null) return;
    area.current?.focus();
    area.current?.setSelectionRange(fault.position, fault.position);
  }, [fault]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !ours) {
      event.preventDefault();
      void save.run();
    }
  };
  const remove = async () => {
    if (row !== null && (await deleteItem(owner, row, onRestored))) onClose();
  };
  return (
    <form ref={box} class="editor" onSubmit={(event) => event.preventDefault()} onKeyDown={onKeyDown}>
      {editor.restored && (
        <p class="notice">
          {t("draft_restored")}{" "}
          <Button kind="quiet" onClick={editor.discard}>
            {t("draft_discard")}
          </Button>
        </p>
      )}
      <SortKeyField value={fields.sortKey} readOnly={row !== null} error={keyError} onInput={editor.setSortKey} />
      {editor.theirs !== undefined ? (
        <ConflictView
          theirs={editor.theirs}
          mine={fields.text}
          notation={fields.notation}
          pending={save.pending}
          onEdit={editor.setText}
          onKeepMine={editor.keepMine}
          onTakeTheirs={editor.takeTheirs}
        />
      ) : (
        <div class="field grow">
          <div class="field-head">
            <label for={id}>{t("attributes")}</label>
            <NotationSwitch
              value={fields.notation}
              whyNot={row === null ? null : whyNotPlain(withoutRev(row.attributes))}
              onChange={editor.setNotation}
            />
          </div>
          <textarea
            ref={area}
            id={id}
            class="code"
            dir="ltr"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={fields.text}
            readOnly={ours}
            aria-invalid={fault !== null}
            aria-describedby={`${id}-fault`}
            onInput={(event) => editor.setText(event.currentTarget.value)}
          />
          <p id={`${id}-fault`} class="small bad" role="alert">
            {fault?.message}
          </p>
        </div>
      )}
      {save.error && keyError === null && <ErrorPanel error={save.error} />}
      {/* The page's own button lies behind the editor. What was typed comes back with the person. */}
      {save.error?.code === "session-ended" && <SignInButton profile={owner.profile} kind="plain" />}
      {ours && <p class="notice">{t("item_reserved")}</p>}
      {editor.theirs === undefined && (
        <div class="buttons">
          {!ours && (
            <Button kind="primary" busy={save.pending} title={t("save_shortcut")} onClick={() => save.run()}>
              {t("save")}
            </Button>
          )}
          <Button onClick={onClose}>{t("close")}</Button>
          {row !== null && (
            <Button kind="danger" icon="trash" class="push" onClick={remove}>
              {t("delete")}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

/** What the person types first goes into `selector`: at once, and again once a dialog around it is open and can be focused. */
function useFirstFocus(box: RefObject<HTMLFormElement | null>, selector: "input" | "textarea"): void {
  const focus = () => {
    if (!box.current?.contains(document.activeElement)) box.current?.querySelector(selector)?.focus();
  };
  useLayoutEffect(focus, []);
  useEffect(focus, []);
}
