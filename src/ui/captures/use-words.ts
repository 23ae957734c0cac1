import { useEffect, useMemo } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { Owner } from "../state/owner.ts";
import { type Autosave, createAutosave } from "./autosave.ts";
import { dropWordsDraft, keepWordsDraft, readWordsDraft, type Words } from "./words-draft.ts";

/** Milliseconds after the last letter. */
const pause = 800;

interface WordsOf extends Words {
  owner: Owner;
  /** Of a capture that is stored, or under way. */
  id: string;
  onSaved?: ((words: Words) => void) | undefined;
}

/**
 * The typing of tags and note, written by itself after a short pause, when the form goes and when the page goes. What could not
 * be written is kept for this session and tried again when the form is opened. Give the component a key per capture.
 */
export function useWords({ owner, id, tags, note, onSaved }: WordsOf): Autosave<Words> {
  const words = useMemo(() => {
    const saving = createAutosave<Words>(
      { tags, note },
      async (next) => {
        await call("captures.annotate", { profile: owner.profile, id, ...next });
        onSaved?.(next);
        // A draft that stays is only written once more.
        if (saving.value.peek() === next) await dropWordsDraft(owner, id).catch(() => {});
      },
      pause,
    );
    return {
      ...saving,
      change: (next: Words) => {
        saving.change(next);
        // The page may close before the pause ends; without room for the draft the writing itself still goes on.
        keepWordsDraft(owner, id, next).catch(() => {});
      },
    };
    // The key stands for owner and capture.
  }, []);
  useEffect(() => {
    const leave = () => void words.flush();
    addEventListener("pagehide", leave);
    readWordsDraft(owner, id)
      .then((kept) => {
        if (kept !== null && words.state.peek() === "idle") words.change(kept);
      })
      .catch(() => {});
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
  return words;
}
