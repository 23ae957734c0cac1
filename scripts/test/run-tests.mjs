// @ts-check
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ensureBrowser } from "../ensure-browser.mjs";
import { ROOT } from "../ensure-dependencies.mjs";
import { countTests } from "./count-tests.mjs";
import { runNode, STEPS, VITEST } from "./steps.mjs";

/** Projects of vitest.config.ts, in the order they run. What shares a line runs at once. */
const PROJECTS = [["unit", "pages", "build", "local"], ["browsers"]];
const IN_BROWSERS = ["pages", "browsers"];
const PARTS = [...new Set([...STEPS.map(({ part }) => part), ...PROJECTS.flat()])];

/**
 * Runs all parts, or those named, and prints `N passed, N failed` last.
 *
 * @param {string[]} words names of parts
 * @returns {Promise<number>} exit code
 */
export async function runTests(words) {
  const unknown = words.filter((word) => !PARTS.includes(word));
  if (unknown.length > 0) throw new Error(`Unknown part: ${unknown.join(", ")}. The parts are ${PARTS.join(", ")}.`);
  /** @param {string} part */
  const chosen = (part) => words.length === 0 || words.includes(part);

  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const failures = [];
  /** @param {{ passed: number, failed: number, names: string[] }} result */
  const add = ({ passed, failed, names }) => {
    total.passed += passed;
    total.failed += failed;
    failures.push(...names);
  };

  const steps = STEPS.filter(({ part }) => chosen(part));
  // Two at a time: two cores are what a small CI machine has.
  for (let next = 0; next < steps.length; next += 2) {
    for (const result of await Promise.all(steps.slice(next, next + 2).map(runStep))) add(result);
  }
  for (const group of PROJECTS) {
    const projects = group.filter(chosen);
    if (projects.length === 0) continue;
    if (projects.some((project) => IN_BROWSERS.includes(project))) await ensureBrowsers();
    add(await runVitest(projects));
  }
  // Once more at the end, where the reader of a long log begins.
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join("\n")}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** Before the tests, so that a missing browser is one clear sentence and not a hundred failures. */
async function ensureBrowsers() {
  await ensureBrowser("chromium");
  await ensureBrowser("firefox");
}

/** @param {import("./steps.mjs").Step} step */
async function runStep({ name, command }) {
  const { ok, output, seconds } = await runNode(command, { show: false });
  console.log(`${ok ? "ok  " : "FAIL"} ${name} (${seconds.toFixed(1)} s)`);
  if (!ok) console.log(output);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, names: ok ? [] : [name] };
}

/** @param {string[]} projects */
async function runVitest(projects) {
  console.log(`\nTests: ${projects.join(", ")}`);
  const report = join(ROOT, ".cache", `test-${projects.join("-")}.json`);
  await mkdir(join(ROOT, ".cache"), { recursive: true });
  await rm(report, { force: true });
  const { ok } = await runNode(
    [
      VITEST,
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { show: true },
  );
  return countTests(ok, await readFile(report, "utf8").catch(() => null));
}
