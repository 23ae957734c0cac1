/** What is published of the client. */
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildClient, CLIENT_ENTRIES } from "../../build/client.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdall-client-"));
  for (const name of ["package.json", "LICENSE", "README.md"]) await cp(join(ROOT, "client", name), join(folder, name));
  await buildClient(join(folder, "dist"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sizeOf = async (name: string) => gzipSync(await readFile(join(folder, "dist", name)), { level: 9 }).length;

test("the client is at most 3 KB after gzip, with both adaptors too", async () => {
  const sizes = await Promise.all(CLIENT_ENTRIES.map((name) => sizeOf(`${name}.js`)));
  expect(sizes[0]).toBeGreaterThan(500);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(3000);
});

test("npm packs code, types, licence and manual, and nothing that has to be installed", async () => {
  const { stdout, status } = spawnSync("npm", ["pack", "--dry-run", "--json"], { cwd: folder, encoding: "utf8" });
  expect(status).toBe(0);
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const names = files.map(({ path }) => path);
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const entries = Object.values<Record<string, string>>(manifest.exports).flatMap((entry) => Object.values(entry));
  expect(entries).toHaveLength(2 * CLIENT_ENTRIES.length);
  for (const entry of entries) expect(names).toContain(entry.replace("./", ""));
  for (const name of ["package.json", "LICENSE", "README.md", "dist/types.d.ts"]) expect(names).toContain(name);
  expect(names.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))).toEqual([]);
  expect(manifest).not.toHaveProperty("dependencies");
  const { version, license } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  expect(manifest).toMatchObject({ version, license });
});

test("types lead nowhere outside of the package", async () => {
  for (const name of ["index", "create-holdall", "local-store", "remote-storage"]) {
    const types = await readFile(join(folder, "dist", `${name}.d.ts`), "utf8");
    for (const [, from] of types.matchAll(/from "([^"]+)"/g)) expect(from).toMatch(/^\.\/[\w-]+\.js$/);
  }
});
