// @ts-check
/** Runs in a page of the extension, so each function names nothing from outside. */

/**
 * What lies in the page's `globalThis` meanwhile.
 *
 * @typedef {object} InPage
 * @property {File[]} picked
 * @property {File} pickedCut
 * @property {(wanted: Wanted) => Promise<number>} transfer
 * @property {Record<string, Record<string, (...input: unknown[]) => Promise<unknown>>>} peers
 */

/**
 * Commands that are sent one after the other, and how many transfers are then done.
 *
 * @typedef {object} Wanted
 * @property {string} profile
 * @property {{ path: string }[]} [uploads] of the picked files, in their order
 * @property {{ command: string, input: object }} [save]
 */

/** Puts `transfer` into the page: milliseconds from the first command until the view says that all is done. */
export function installTransfer() {
  const shared = /** @type {InPage} */ (/** @type {unknown} */ (globalThis));
  /** As the app cuts them: src/ui/storage/uploads.ts. */
  const [first, further] = [20, 200];

  /** @param {string} command @param {object} input */
  const order = async (command, input) => {
    const answer = await chrome.runtime.sendMessage({ holdall: 1, command, input });
    if (!answer?.ok) throw new Error(`${command}: ${JSON.stringify(answer?.error)}`);
    if (answer.value?.refused?.length > 0) throw new Error(`refused: ${JSON.stringify(answer.value.refused[0])}`);
  };

  shared.transfer = async ({ profile, uploads = [], save }) => {
    const port = chrome.runtime.connect({ name: "view" });
    const wanted = save ? 1 : uploads.length;
    /** @type {(value?: unknown) => void} */
    let cleared = () => undefined;
    let begun = false;
    const all = new Promise((done, failed) => {
      port.onMessage.addListener((message) => {
        if (!("transfers" in message)) return;
        const { totals, rows, problem } = message.transfers;
        if (totals.failed + totals.conflicts + totals.waiting > 0 || problem) {
          failed(new Error(`Holdall: ${JSON.stringify(problem ?? rows[0]?.error)}`));
        }
        if (begun && totals.done >= wanted && totals.active === 0) done(performance.now());
        if (totals.done + totals.active === 0) cleared();
      });
    });
    try {
      // What ended before must be off the view, or it would be taken for what ends now.
      const empty = new Promise((resolve) => {
        cleared = resolve;
      });
      await order("transfers.dismiss", { which: "ended" });
      await Promise.race([empty, all]);
      begun = true;
      const start = performance.now();
      if (save) await order(save.command, { profile, ...save.input });
      for (let at = 0, size = first; at < uploads.length; at += size, size = further) {
        const files = uploads.slice(at, at + size).map(({ path }, index) => {
          const file = shared.picked[at + index];
          return { path, file, size: file?.size };
        });
        await order("files.upload", { profile, files, ifExists: "fail" });
      }
      return (await all) - start;
    } finally {
      port.disconnect();
    }
  };
}

/** An input that keeps what is picked, to be read by all who run in the page. */
export function installPicker() {
  const shared = /** @type {InPage} */ (/** @type {unknown} */ (globalThis));
  document.querySelector("#bench-picker")?.remove();
  const input = document.createElement("input");
  input.id = "bench-picker";
  input.type = "file";
  input.multiple = true;
  input.hidden = true;
  input.addEventListener("change", () => {
    shared.picked = [...(input.files ?? [])];
  });
  document.body.append(input);
  return input;
}

/** @param {number} count */
export function hasPicked(count) {
  const { picked = [] } = /** @type {InPage} */ (/** @type {unknown} */ (globalThis));
  return picked.length === count;
}

/** @param {Wanted} wanted */
export function transferInPage(wanted) {
  return /** @type {InPage} */ (/** @type {unknown} */ (globalThis)).transfer(wanted);
}

/** @param {string} peer @param {string} verb @param {unknown[]} input */
export async function runInPage(peer, verb, input) {
  const { peers, picked, pickedCut } = /** @type {InPage} */ (/** @type {unknown} */ (globalThis));
  /** @type {Record<string, unknown>} */
  const files = { firstPicked: picked[0], pickedCut, allPicked: picked };
  const run = peers[peer]?.[verb];
  if (!run) throw new Error(`${peer} does not know ${verb}`);
  const words = input.map((word) => (typeof word === "string" && word in files ? files[word] : word));
  const start = performance.now();
  await run(...words);
  return performance.now() - start;
}

/** @param {number} size */
export function cutPickedInPage(size) {
  const shared = /** @type {InPage} */ (/** @type {unknown} */ (globalThis));
  const [file] = shared.picked;
  if (!file) throw new Error("Nothing was picked");
  // As it was picked, when all of it is meant: a browser may treat a file better than what was cut from one.
  shared.pickedCut = size >= file.size ? file : new File([file.slice(0, size)], file.name);
}
