// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../ensure-dependencies.mjs";

/** Milliseconds that the local AWS may take to stop before it is killed; its store survives that too. */
const STOP_GRACE = 5_000;

/**
 * Starts the local AWS as a process of its own and waits until it answers.
 *
 * @param {{ data: string, port: number | null, fresh: boolean }} options `port` null: the local AWS's own default
 * @returns {Promise<{ info: import("../../local/info.ts").LocalAwsInfo, exited: Promise<void>, stop: () => Promise<void> }>}
 * @throws {Error} with what the local AWS itself said, for example that its port is taken
 */
export async function startLocalAwsProcess({ data, port, fresh }) {
  const options = ["--json", "--data", data];
  if (port !== null) options.push("--port", String(port));
  if (fresh) options.push("--fresh");
  const child = spawn(
    process.execPath,
    [join(ROOT, "scripts", "run.mjs"), join(ROOT, "local", "main.ts"), ...options],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint = (complaint + chunk).slice(-4_000);
  });
  const exited = once(child, "exit").then(() => {});
  const firstLine = await Promise.race([readFirstLine(child.stdout), exited]);
  if (typeof firstLine !== "string") {
    const words = complaint.replace(/^oidc-provider WARNING.*$/gm, "").trim();
    throw new Error(`The local AWS did not start. ${words || "It ended without a word."}`);
  }
  child.stdout.resume();
  return {
    info: JSON.parse(firstLine),
    exited,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const killer = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE);
      await exited;
      clearTimeout(killer);
    },
  };
}

/** @param {import("node:stream").Readable} stream @returns {Promise<string | undefined>} */
async function readFirstLine(stream) {
  const lines = createInterface({ input: stream });
  const [line] = await Promise.race([once(lines, "line"), once(lines, "close").then(() => [])]);
  lines.close();
  return line;
}
