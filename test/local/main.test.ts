import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalAwsInfo } from "../../local/info.ts";

let data: string;
const started: ChildProcess[] = [];
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "holdall-main-"));
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  await rm(data, { recursive: true, force: true });
});

function run(...words: string[]) {
  const child = spawn(process.execPath, ["scripts/run.mjs", "local/main.ts", "--data", data, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, stderr }));
  });
  const lines = createInterface({ input: child.stdout });
  const firstLine = new Promise<string>((resolve) => lines.once("line", resolve));
  return { child, ended, firstLine };
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "the first line is the whole of the information, and %s stops it with 0",
  async (signal) => {
    const { child, ended, firstLine } = run("--json", "--port", "0");
    const info = JSON.parse(await firstLine) as LocalAwsInfo;
    expect(Object.keys(info).sort()).toEqual([
      "control",
      "directory",
      "endpoints",
      "examples",
      "issuer",
      "people",
      "profile",
      "profiles",
      "region",
    ]);
    expect(info.profiles.map(({ name }) => name)).toEqual(["Local", "Local pool", "Local roles"]);
    expect(info.profile).toEqual(info.profiles[0]);
    expect(info.people.map(({ name }) => name)).toEqual(["alice", "bob"]);
    const discovery = (await (await fetch(`${info.issuer}/.well-known/openid-configuration`)).json()) as {
      issuer: string;
    };
    expect(discovery.issuer).toBe(info.issuer);
    const before = performance.now();
    child.kill(signal);
    expect((await ended).code).toBe(0);
    expect(performance.now() - before).toBeLessThan(2000);
  },
);

test("a taken port is said in a sentence, with exit code 1", async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port));
  });
  const { ended } = run("--port", String(Math.min(port, 65_528)));
  const { code, stderr } = await ended;
  other.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
  expect(stderr).not.toContain("    at ");
});

test.each([["--prot", "1"], ["--port", "many"], ["--port", "70000"], ["--data"]])(
  "%s %s is refused with the usage, exit code 2",
  async (...words) => {
    const { code, stderr } = await run(...words.filter((word) => word !== undefined)).ended;
    expect(code).toBe(2);
    expect(stderr).toContain("Usage:");
  },
);
