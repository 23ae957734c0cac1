// @ts-check
import { row } from "../lib/row.mjs";
import { openSignedIn } from "../lib/signed-in.mjs";
import { summary } from "../lib/statistics.mjs";

/** Seconds for a whole run on the local AWS. */
const limit = 5;

/**
 * A run of the doctor with everything right: from the order until the view shows its end.
 *
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 * @returns {import("../lib/groups.mjs").Group}
 */
export function doctor(name) {
  const id = name === "chromium" ? "doctor-run" : `${name}-doctor-run`;
  return {
    name: "doctor",
    ids: [id],
    async measure(world) {
      const { browser, page, profile } = await openSignedIn(await world.local(), { name, path: "/app.html#/doctor" });
      try {
        const seconds = [];
        for (let turn = 0; turn < world.runs(10); turn += 1) seconds.push((await page.evaluate(run, profile)) / 1000);
        const { median, spread } = summary(seconds);
        return [row({ id, what: `the doctor's whole run, ${name}`, value: median, spread, unit: "s", limit })];
      } finally {
        await browser.dispose();
      }
    },
  };
}

/** @param {string} profile @returns {Promise<number>} milliseconds */
async function run(profile) {
  /** @param {string} command @param {object} input */
  const ask = async (command, input) => {
    const answer = await chrome.runtime.sendMessage({ holdall: 1, command, input });
    if (!answer?.ok) throw new Error(`${command}: ${JSON.stringify(answer?.error)}`);
    return answer.value;
  };
  const before = (await ask("view.get", {})).checks.doctor?.startedAt;
  const start = performance.now();
  await ask("checks.start", { profile, kind: "doctor" });
  for (;;) {
    const { doctor: now } = (await ask("view.get", {})).checks;
    if (now !== null && now.startedAt !== before && now.endedAt !== null) {
      const failed = now.steps.find((/** @type {{ state: string }} */ step) => step.state !== "passed");
      if (failed) throw new Error(`${failed.id}: ${failed.state}`);
      return performance.now() - start;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
