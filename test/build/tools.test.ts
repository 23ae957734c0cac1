import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkNode, isInstalled } from "../../scripts/ensure-dependencies.mjs";
import { parseStartArguments } from "../../scripts/start/arguments.mjs";
import { countTests } from "../../scripts/test/count-tests.mjs";

describe("checkNode", () => {
  test.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("takes %s", (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });
  test.each(["20.18.3", "18.20.0", "16.0.0"])("says what to do about %s", (version) => {
    expect(() => checkNode(version)).toThrow(new RegExp(`20\\.19 or newer, and this is ${version}.*nodejs\\.org`));
  });
});

describe("isInstalled", () => {
  let root: string;
  const lock = (packages: object) => writeFile(join(root, "package-lock.json"), JSON.stringify({ packages }));
  const installed = (packages: object) =>
    writeFile(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "holdall-install-"));
    await mkdir(join(root, "node_modules"));
    await lock({
      "": {},
      "node_modules/a": { version: "1.0.0" },
      "node_modules/mac-only": { version: "1.0.0", optional: true },
    });
  });
  afterEach(() => rm(root, { recursive: true }));

  test("is true when each package has its version; another platform's may be absent", async () => {
    await installed({ "node_modules/a": { version: "1.0.0" } });
    expect(isInstalled(root)).toBe(true);
  });

  test("is false without an installation, and after an interrupted one", async () => {
    expect(isInstalled(root)).toBe(false);
    await writeFile(join(root, "node_modules", ".package-lock.json"), '{"packages":{"node_mod');
    expect(isInstalled(root)).toBe(false);
  });

  test("is false when the lock moved on", async () => {
    await installed({ "node_modules/a": { version: "1.0.0" } });
    await lock({ "": {}, "node_modules/a": { version: "1.1.0" } });
    expect(isInstalled(root)).toBe(false);
    await lock({ "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "1.0.0" } });
    expect(isInstalled(root)).toBe(false);
  });
});

describe("npm start's arguments", () => {
  test("have defaults", () => {
    expect(parseStartArguments([])).toMatchObject({ browser: "chromium", headless: false, port: null, fresh: false });
  });
  test("are read", () => {
    expect(
      parseStartArguments(["--browser", "firefox", "--headless", "--port=4000", "--data", "/tmp/x", "--fresh"]),
    ).toEqual({
      browser: "firefox",
      headless: true,
      port: 4000,
      data: "/tmp/x",
      fresh: true,
    });
  });
  test.each([
    [["--browser", "netscape"], /choose one of chromium, chrome, firefox, none/],
    [["--port", "http"], /--port http is no port/],
    [["--port", "70000"], /is no port/],
    [["--headles"], /Usage: npm start/],
  ])("%j is refused with a sentence", (words, sentence) => {
    expect(() => parseStartArguments(words)).toThrow(sentence);
  });
});

describe("countTests", () => {
  const file = (status: string, ...tests: [status: string, fullName: string][]) => ({
    name: "/anywhere/test/a.test.ts",
    status,
    assertionResults: tests.map(([outcome, fullName]) => ({ status: outcome, fullName })),
  });
  const report = (numPassedTests: number, ...testResults: object[]) => JSON.stringify({ numPassedTests, testResults });

  test("adds up what vitest reports, and names what failed", () => {
    expect(countTests(true, report(1, file("passed", ["passed", "one"])))).toEqual({ passed: 1, failed: 0, names: [] });
    const failed = file("failed", ["passed", "one"], ["failed", "two"], ["failed", "three"]);
    const names = ["test/a.test.ts: two", "test/a.test.ts: three"];
    expect(countTests(false, report(1, failed))).toEqual({ passed: 1, failed: 2, names });
  });
  test("a file that cannot be loaded is a failure", () => {
    expect(countTests(false, report(5, file("failed")))).toEqual({ passed: 5, failed: 1, names: ["test/a.test.ts"] });
  });
  test("an error outside of all tests is one too, and so is no report", () => {
    expect(countTests(false, report(5))).toMatchObject({ passed: 5, failed: 1 });
    expect(countTests(true, null)).toMatchObject({ passed: 0, failed: 1 });
  });
});
