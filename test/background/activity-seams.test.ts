/** No way around the list: whatever can send is named here, with what notes it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const source = new URL("../../src", import.meta.url).pathname;

/** The browser's own ways out, called or handed on. */
const waysOut = [
  // Not the names of methods, which begin their lines.
  /^(?!\s*fetch\().*(?<![.\w])fetch\(/m,
  /(?:[:=?]|=>) fetch[,;)\s]/,
  /new (?:XMLHttpRequest|WebSocket|EventSource|WebTransport)\b/,
  /\bsendBeacon\(/,
  /launchWebAuthFlow\(/,
];

const noted: Record<string, string> = {
  "background/reach.ts": "recordFetch, since activity.ts alone imports it",
  "platform/identity.ts": "recordWindow",
  "transfer-host/offscreen.ts": "watchHost",
  "transfer-host/send-by-xhr.ts": "watchHost",
  "background/firefox.ts": "watchHost",
  "transfer-host/exchange.ts": "is given the host's",
  "transfer-host/take-source.ts": "is given the host's",
  "aws/assume-role.ts": "is given recordFetch's",
  "aws/create-storage.ts": "is given recordFetch's",
  "aws/pool-credentials.ts": "is given recordFetch's",
  "aws/fetch-handler.ts": "is given recordFetch's",
  "background/packaged-profiles.ts": "a file of the extension: no network",
  "background/captures/connect-take.ts": "data: addresses, no network; what goes through the page notes recordInPage",
  "setup/cloudformation/probe-function.ts": "the text of a Lambda function: nothing of it runs in the extension",
  "inject/source.ts": "recordInPage",
  "inject/declaration.ts": "by the page that is connected, of its own origin: what it declares",
  "inject/fetch-addresses.ts": "by the page that is saved, of what it shows: the list says that it does not see this",
};

async function read(): Promise<[name: string, code: string][]> {
  const names = (await readdir(source, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return await Promise.all(
    names.map(async (name): Promise<[string, string]> => [name, code(await readFile(join(source, name), "utf8"))]),
  );
}

test("every way out of the extension is noted", async () => {
  const found = (await read()).filter(([, code]) => waysOut.some((way) => way.test(code))).map(([name]) => name);
  expect(found.sort()).toEqual(Object.keys(noted).sort());
});

test("nobody fetches but through the list", async () => {
  const users = (await read()).filter(([, code]) => code.includes("reachingFetch")).map(([name]) => name);
  expect(users.sort()).toEqual(["background/activity/activity.ts", "background/reach.ts"]);
});
