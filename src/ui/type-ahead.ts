/** Longer pauses begin a new word. */
const pause = 700;

let typed = "";
let lastAt = 0;

/**
 * The index of the label that what was typed leads to; null when `event` types nothing or nothing begins so.
 * The same letter again goes to the next label that begins with it.
 */
export function typeAhead(event: KeyboardEvent, labels: string[], current: number): number | null {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.timeStamp - lastAt > pause) typed = "";
  // A space begins no word: it presses buttons.
  if (event.key === " " && typed === "") return null;
  lastAt = event.timeStamp;
  typed += event.key.toLocaleLowerCase();
  const repeated = [...typed].every((letter) => letter === typed[0]);
  return search(labels, repeated ? (typed[0] ?? "") : typed, repeated ? current + 1 : Math.max(current, 0));
}

function search(labels: string[], beginning: string, from: number): number | null {
  for (let step = 0; step < labels.length; step += 1) {
    const index = (from + step) % labels.length;
    if (labels[index]?.toLocaleLowerCase().startsWith(beginning)) return index;
  }
  return null;
}
