// @ts-check
import { cpus, loadavg, platform, release, totalmem } from "node:os";

/** What the figures are measured on. Ask before measuring: measuring is load too. */
export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${platform()} ${release()}`,
    node: process.versions.node,
    /** Of the last minute: above the number of cores, the figures say more about the machine's other work than about Holdall. */
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    at: new Date().toISOString(),
  };
}
