import { type ReadonlySignal, signal } from "@preact/signals";
import type { CaptureRow } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import type { Input } from "../../messaging/protocol.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { type Autosave, createAutosave } from "../../ui/captures/autosave.ts";
import type { Words } from "../../ui/captures/words-draft.ts";
import { asHoldallError } from "../../ui/error-text.ts";
import { currentOwner } from "../../ui/state/owner.ts";
import { type PageTab, pageTab } from "../page-tab.ts";

export type TakenKind = Input<"captures.take">["kind"];

/** The capture that was clicked last, while its form is open. */
export interface Taking {
  profile: string;
  kind: TakenKind;
  page: PageTab;
  /** Null until the background has journalled it. */
  id: ReadonlySignal<string | null>;
  /** Why it could not be journalled. */
  error: ReadonlySignal<HoldallError | null>;
  words: Autosave<Words>;
  /** After `error`. */
  again: () => void;
}

export const taking = signal<Taking | null>(null);

/** Typed before the click; null while there is no form for it. */
export const earlyWords = signal<Words | null>(null);

/** Milliseconds after the last key: a word is one write, not one per letter. */
const pause = 800;

// What was typed is of one person.
currentOwner.subscribe(() => {
  taking.value = null;
  earlyWords.value = null;
});

addEventListener("pagehide", () => void taking.peek()?.words.flush());

/** Captures the page in view and opens the form for it. */
export function take(profile: string, kind: TakenKind): void {
  const page = pageTab();
  const former = taking.peek();
  // The same click twice is one capture.
  if (page === null || (former?.id.peek() === null && former.error.peek() === null)) return;
  void former?.words.flush();
  const id = signal<string | null>(null);
  const error = signal<HoldallError | null>(null);
  let answer: Promise<string>;
  const words = createAutosave<Words>(
    earlyWords.peek() ?? { tags: [], note: "" },
    async (changed) => {
      await call("captures.annotate", { profile, id: await answer, ...changed });
    },
    pause,
  );
  const start = async () => {
    error.value = null;
    const taken = await call("captures.take", { kind, tab: page.id, ...words.value.peek() });
    id.value = taken.id;
    return taken.id;
  };
  const begin = () => {
    answer = start();
    answer.catch((cause) => {
      error.value = asHoldallError(cause);
    });
  };
  begin();
  earlyWords.value = null;
  taking.value = { profile, kind, page, id, error, words, again: begin };
}

/** The same bytes were there already: what was typed belongs to the earlier capture, after its own words. */
export function goOnWith(now: Taking, row: CaptureRow): void {
  const typed = now.words.value.peek();
  const write = (changed: Words) =>
    call("captures.annotate", { profile: now.profile, id: row.id, ...changed }).then(() => {});
  const words = createAutosave<Words>({ tags: row.tags, note: row.note }, write, pause);
  if (typed.tags.length > 0 || typed.note !== "") {
    words.change({ tags: [...new Set([...row.tags, ...typed.tags])], note: appended(row.note, typed.note) });
  }
  taking.value = { ...now, words };
}

/** The background has added what it had got of it before. */
function appended(note: string, typed: string): string {
  if (typed === "" || note.endsWith(typed)) return note;
  return note === "" ? typed : `${note}\n${typed}`;
}
