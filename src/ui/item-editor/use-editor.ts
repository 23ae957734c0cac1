import { useSignal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../error-text.ts";
import { bestNotation, fromText, type Notation, toText } from "../item-json/item-text.ts";
import { JsonError } from "../item-json/json-error.ts";
import { whyNotPlain } from "../item-json/plain-json.ts";
import { type Draft, removeDraft, writeDraft } from "../state/drafts.ts";
import { itemRowId, showRow } from "../state/hidden-rows.ts";
import { isCurrent } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";
import { useCommand } from "../state/use-command.ts";
import type { EditorStart } from "./open-editor.ts";
import { useDraftKeeper } from "./use-draft-keeper.ts";

/** The typing of a person, its draft, and the way to the table. */
export function useEditor({ owner, row, draft }: EditorStart, onSaved: (row: ItemRow) => void) {
  const fields = useSignal<Draft>(draft ?? fresh(owner.identity, row));
  const restored = useSignal(draft !== null);
  const fault = useSignal<JsonError | null>(null);
  /** The version found in the table in place of the basis; undefined while there is no conflict. */
  const theirs = useSignal<ItemRow | null | undefined>(undefined);
  const keep = useDraftKeeper(async (latest) => {
    // Signing out has wiped the drafts: none is written after it.
    if (isCurrent(owner)) await writeDraft(owner, latest);
  });

  const change = (part: Partial<Draft>) => {
    fields.value = { ...fields.value, ...part };
    fault.value = null;
    keep(fields.value);
  };
  const parsed = () => {
    try {
      fault.value = null;
      return fromText(fields.value.text, fields.value.notation);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      fault.value = error;
      return null;
    }
  };
  const save = useCommand(async () => {
    const attributes = parsed();
    if (attributes === null) return;
    const { sortKey, basis } = fields.value;
    try {
      const saved = await call("items.save", { profile: owner.profile, sortKey, attributes, basis });
      keep(null);
      await removeDraft(owner, fields.value.original);
      // The same as one that was deleted before: it is there again.
      showRow(itemRowId(saved));
      showToast(t("item_saved", sortKey));
      onSaved(saved);
    } catch (cause) {
      const error = asHoldallError(cause);
      if (error.code !== "item-conflict") throw error;
      theirs.value = currentOf(error, sortKey);
    }
  });

  return {
    fields: fields.value,
    restored: restored.value,
    fault: fault.value,
    theirs: theirs.value,
    save,
    setSortKey: (sortKey: string) => change({ sortKey }),
    setText: (text: string) => change({ text }),
    /** Rewrites the text in the other notation; when it cannot be read it stays as it is, and says why. */
    setNotation: (notation: Notation) => {
      const attributes = parsed();
      if (attributes === null) return;
      const reason = notation === "plain" ? whyNotPlain(attributes) : null;
      if (reason !== null) fault.value = new JsonError(reason);
      else change({ notation, text: toText(attributes, notation) });
    },
    /** Writes what was typed over the version that is there now. */
    keepMine: async () => {
      change({ basis: theirs.value?.attributes ?? null });
      theirs.value = undefined;
      await save.run();
    },
    /** Goes on from the version that is there now; what was typed is dropped. */
    takeTheirs: () => {
      const current = theirs.value ?? null;
      theirs.value = undefined;
      if (current === null) return;
      change({ ...fresh(owner.identity, current), original: fields.value.original });
    },
    discard: async () => {
      keep(null);
      await removeDraft(owner, fields.value.original);
      fields.value = fresh(owner.identity, row);
      restored.value = false;
      fault.value = null;
    },
  };
}

function fresh(identity: string, row: ItemRow | null): Draft {
  const attributes = row?.attributes ?? {};
  const notation = bestNotation(attributes);
  const text = row === null ? "{\n  \n}" : toText(attributes, notation);
  return {
    identity,
    original: row?.sortKey ?? null,
    sortKey: row?.sortKey ?? "",
    text,
    notation,
    basis: row?.attributes ?? null,
  };
}

function currentOf(error: HoldallError, sortKey: string): ItemRow | null {
  const { current } = error.facts;
  if (typeof current !== "object" || current === null || !("attributes" in current)) return null;
  return { sortKey, attributes: current.attributes as ItemRow["attributes"] };
}
