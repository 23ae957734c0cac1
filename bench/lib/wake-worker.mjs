// @ts-check
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than anything that still ends the old worker, milliseconds. */
const PAUSE = 150;

/**
 * Stops every service worker of the browser and measures how long a page of an extension then waits for the answer to a
 * message, milliseconds.
 *
 * @param {import("puppeteer-core").Page} page of the extension, running no script of its own that could wake the worker
 * @param {object} message
 */
export async function wakeWorker(page, message) {
  const session = await page.createCDPSession();
  try {
    await stopWorkers(session);
    await sleep(PAUSE);
    return await page.evaluate(async (sent) => {
      const start = performance.now();
      await chrome.runtime.sendMessage(sent);
      return performance.now() - start;
    }, message);
  } finally {
    await session.detach();
  }
}

/** @param {import("puppeteer-core").CDPSession} session */
async function stopWorkers(session) {
  /** @type {Map<string, string>} */
  const running = new Map();
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    for (const { versionId, runningStatus } of versions) running.set(versionId, runningStatus);
  });
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  for (let tries = 0; [...running.values()].some((status) => status !== "stopped"); tries += 1) {
    if (tries === 100) throw new Error("A service worker does not stop");
    await sleep(20);
  }
}

/**
 * The driver attaches to every new worker and holds it until it has; workers that wake after this run on their own.
 *
 * @param {import("puppeteer-core").Page} page
 */
export async function leaveWorkersAlone(page) {
  const session = await page.createCDPSession();
  await session.connection()?.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    // All others as the driver has them: it reaches pages through their tabs.
    filter: [{ type: "service_worker", exclude: true }, { type: "page", exclude: true }, {}],
  });
  await session.detach();
}
