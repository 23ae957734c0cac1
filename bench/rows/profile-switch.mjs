// @ts-check
import { poll } from "../../test/support/poll.ts";
import { row } from "../lib/row.mjs";
import { openSignedIn } from "../lib/signed-in.mjs";
import { summary } from "../lib/statistics.mjs";

/** Milliseconds. */
const limit = 150;
/** Profiles beside the two that are switched between: all of them are read and checked at a switch. */
const others = 8;

/**
 * From the click on a profile in the menu to the painted view of it, in a popup of a person who is signed in to both.
 *
 * @param {import("../../test/support/extension-browser.ts").BrowserName} name
 * @returns {import("../lib/groups.mjs").Group}
 */
export function profileSwitch(name) {
  const id = name === "chromium" ? "profile-switch" : `${name}-profile-switch`;
  return {
    name: "profile-switch",
    ids: [id],
    async measure(world) {
      const local = await world.local();
      const { profile } = local.aws;
      /** Another environment by its name alone: the same servers answer. @param {string} title @param {string} bucket */
      const copy = (title, bucket) => ({ ...profile, name: title, bucket: { ...profile.bucket, name: bucket } });
      const { sts = "" } = profile.endpoints;
      const second = { ...profile, name: "Second", endpoints: { ...profile.endpoints, sts: otherName(sts) } };
      const more = Array.from({ length: others }, (_, index) => copy(`Other ${index}`, `other-bucket-${index}`));
      const { browser, page } = await openSignedIn(local, { name, profiles: [profile, second, ...more] });
      try {
        await page.evaluate(switchTo, "Second");
        await poll("the way in", () => page.evaluate(pressSignIn));
        await poll("a second session", () => page.evaluate(shows, "Second"));
        /** @type {number[]} */
        const times = [];
        const runs = world.runs(30);
        for (let run = -4; run < runs; run += 1) {
          const time = await page.evaluate(switchTo, run % 2 === 0 ? profile.name : "Second");
          if (run >= 0) times.push(time);
        }
        const { median, spread } = summary(times);
        const what = `click on a profile → its view painted, ${others + 2} profiles, ${name}`;
        return [
          row({ id, what, value: median, unit: "ms", spread, limit, against: `slowest: ${Math.max(...times)} ms` }),
        ];
      } finally {
        await browser.dispose();
      }
    },
  };
}

/** The same loopback address by its other name. @param {string} url */
function otherName(url) {
  const parsed = new URL(url);
  parsed.hostname = parsed.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return parsed.href.replace(/\/$/, "");
}

/** In the page. */
function pressSignIn() {
  const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Sign in");
  button?.click();
  return button !== undefined;
}

/** In the page: true when somebody is signed in to the profile of that name. @param {string} profile */
function shows(profile) {
  const name = document.querySelector(".profile-button bdi")?.textContent;
  return name === profile && document.querySelector(".who-button") !== null;
}

/**
 * In the page: chooses a profile from the menu. Milliseconds from the click to the frame after the one in which the bar had
 * its name and nothing was left of the profile before.
 *
 * @param {string} profile
 * @returns {Promise<number>}
 */
async function switchTo(profile) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  /** @type {HTMLElement | null} */ (document.querySelector(".profile-button"))?.click();
  await frame();
  const items = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[role=menuitemradio]"))];
  const start = performance.now();
  items.find(({ textContent }) => textContent === profile)?.click();
  while (document.querySelector(".profile-button bdi")?.textContent !== profile) {
    if (performance.now() - start > 10_000) throw new Error(`${profile} was not shown`);
    await frame();
  }
  return Math.round(performance.now() - start);
}
