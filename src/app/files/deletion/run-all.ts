import type { HoldallError } from "../../../shared/holdall-error.ts";
import { asHoldallError } from "../../../ui/error-text.ts";
import { inTurns, together } from "../in-turns.ts";

/** Why some could not be done: one reason, how many, and what it said of the first of them. */
export interface Failure {
  number: number;
  error: HoldallError;
}

export interface Ending {
  failures: Failure[];
  /** `cancelled`: not wanted any more. `halted`: what failed is no matter of single objects, and the rest was not tried. */
  how: "all" | "cancelled" | "halted";
}

/** So many that fail before the first that does not: it is not about single ones, a role that may not delete for example. */
const mostAtFirst = 50;

/** What is wrong with one object says nothing of the others. */
const ofOneObject = /^(?:access-denied|file-(?:changed|missing)|name-.+)$/;

/**
 * Does `work` for every item, some at once. An item that fails is counted by its reason and the rest goes on; where what fails
 * again and again is the network or the session it ends, since each of thousands would only fail as well.
 * @param onDone after each item, done or failed
 */
export async function runAll<Item>(
  items: Item[],
  work: (item: Item) => Promise<void>,
  { isWanted, onDone }: { isWanted: () => boolean; onDone: () => void },
): Promise<Ending> {
  const failures = new Map<string, Failure>();
  let tried = 0;
  let failed = 0;
  let succeeded = 0;
  let inARow = 0;
  let why: Ending["how"] = "all";
  const goesOn = () => {
    const hopeless = failed >= mostAtFirst && succeeded === 0;
    if (why === "all" && (inARow >= together || hopeless)) why = "halted";
    if (why === "all" && !isWanted()) why = "cancelled";
    return why === "all";
  };
  const one = async (item: Item) => {
    tried += 1;
    try {
      await work(item);
      succeeded += 1;
      inARow = 0;
    } catch (cause) {
      failed += 1;
      const error = asHoldallError(cause);
      inARow = ofOneObject.test(error.code) ? 0 : inARow + 1;
      const known = failures.get(error.code);
      if (known === undefined) failures.set(error.code, { number: 1, error });
      else known.number += 1;
    }
    onDone();
  };
  await inTurns(items, one, goesOn);
  // After the last one there is nothing to stop.
  return { failures: [...failures.values()], how: tried === items.length ? "all" : why };
}
