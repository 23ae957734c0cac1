// @ts-check
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseStartArguments, USAGE } from "./arguments.mjs";
import { startLocalAwsProcess } from "./local-aws-process.mjs";
import { openBrowser, prepareBrowser } from "./open-browser.mjs";

/**
 * Runs until Ctrl-C, until the browser is closed, or until the local AWS ends.
 *
 * @param {string[]} words the command line
 * @returns {Promise<number>} exit code
 */
export async function start(words) {
  const options = parseStartArguments(words);
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  /** @type {(() => Promise<unknown>)[]} */
  const cleanups = [];
  try {
    const stopAsked = signalled();
    const { data, browser: name, headless, port, fresh } = options;
    const executablePath = name === "none" ? null : await prepareBrowser(name, headless);
    if (fresh && name !== "none") await rm(join(data, `browser-${name}`), { recursive: true, force: true });
    const localAws = await startLocalAwsProcess({ data: join(data, "local"), port, fresh });
    cleanups.unshift(localAws.stop);
    const { profiles } = localAws.info;
    const opened =
      name === "none" || executablePath === null
        ? null
        : await openBrowser({ name, executablePath, headless, data, profiles });
    if (opened) cleanups.unshift(() => opened.browser.close());

    console.log(summary(localAws.info, data, opened));
    if (headless) console.log("ready");
    const browserClosed = new Promise((resolve) => opened?.browser.once("disconnected", () => resolve("browser")));
    const reason = await Promise.race([stopAsked, browserClosed, localAws.exited.then(() => "local AWS")]);
    if (reason === "local AWS") throw new Error("The local AWS ended by itself; everything is stopped.");
    console.log("\nStopping …");
    return 0;
  } finally {
    for (const cleanup of cleanups) await cleanup().catch(() => {});
  }
}

/** @returns {Promise<string>} settles at the first signal to stop */
function signalled() {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve(signal));
  });
}

/**
 * @param {import("../../local/info.ts").LocalAwsInfo} info
 * @param {string} data
 * @param {Awaited<ReturnType<typeof openBrowser>> | null} opened
 */
function summary({ issuer, endpoints, people, control, directory, examples }, data, opened) {
  const lines = [
    "Holdall runs with a local AWS on this machine; nothing leaves it.",
    "",
    `  Sign-in     ${issuer}`,
    `  STS         ${endpoints.sts}`,
    `  Cognito     ${endpoints.cognitoIdentity}`,
    `  S3          ${endpoints.s3}`,
    `  DynamoDB    ${endpoints.dynamodb}`,
    `  Roles       ${directory}/roles`,
    `  Control     ${control}`,
    `  Examples    ${examples}/notes.html, ${examples}/photo-box.html`,
    `  Data        ${data}`,
  ];
  if (opened) {
    lines.push(
      `  Browser     ${opened.executablePath}`,
      `  Extension   ${opened.extension}`,
      `  App page    ${opened.origin}/app.html`,
    );
  }
  lines.push("", "  People (name / password):", ...people.map(({ name, password }) => `    ${name} / ${password}`));
  lines.push("", "Press Ctrl-C to stop.");
  return lines.join("\n");
}
