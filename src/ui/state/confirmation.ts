import { signal } from "@preact/signals";

export interface Question {
  title: string;
  /** What happens, and to how many. */
  text: string;
  /** Where several things happen: one line each, above the text. */
  list?: string[];
  /** The button's word: "Delete 12 files", never "OK". */
  verb: string;
  /** The other button's, where "Cancel" could mean both. */
  keep?: string;
  answer: (yes: boolean) => void;
}

export const question = signal<Question | null>(null);

/** Asks before what cannot be undone. Resolves false when the dialog is closed. */
export function confirmed(ask: Omit<Question, "answer">): Promise<boolean> {
  question.value?.answer(false);
  return new Promise((resolve) => {
    question.value = {
      ...ask,
      answer: (yes) => {
        question.value = null;
        resolve(yes);
      },
    };
  });
}
