import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../build.mjs";
import type { LocalAwsInfo } from "../../local/info.ts";
import { startLocalAws } from "../../local/start-local-aws.ts";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import type { Profile } from "../../src/shared/profile.ts";
import type { BrowserName } from "./extension-browser.ts";
import { type PageServer, startPageServer } from "./page-server.ts";

/** The host of the web site: a name, since Holdall fetches nothing from a page's literal loopback addresses. Launch browsers with it. */
export const SITE_HOST = "notes.example";

export interface TestWorld {
  aws: LocalAwsInfo;
  /** A web site to right-click on, see {@link startPageServer}. */
  site: PageServer;
  /** Its address under its name. */
  siteOrigin: string;
  /**
   * Builds the extension for this world's profile. Returns its folder.
   *
   * @param profiles those that are packaged, the active one first. Default: `aws.profile` alone; all: `aws.profiles`
   * @param siteGranted as if the person had granted the permission for the web site: in Chromium the prompt is native. Default: true
   * @param hosts granted as well, by name
   * @param permissions optional ones of the manifest, granted as well
   */
  buildExtension(
    browser: BrowserName,
    options?: { siteGranted?: boolean; hosts?: string[]; permissions?: string[]; profiles?: Profile[] },
  ): Promise<string>;
  /** Asks the control server of the local AWS, for example `control("POST", "/faults", { … })`. */
  control(method: string, path: string, input?: object): Promise<unknown>;
  close(): Promise<void>;
}

/** The local AWS on free ports with an empty store, and a web site; all of it goes with `close()`. */
export async function startTestWorld(): Promise<TestWorld> {
  const folder = await mkdtemp(join(tmpdir(), "holdall-world-"));
  const aws = await startLocalAws({ port: 0, dataDir: join(folder, "local") });
  const site = await startPageServer();
  return {
    aws: aws.info,
    site,
    siteOrigin: `http://${SITE_HOST}:${site.port}`,
    buildExtension: async (
      browser,
      { siteGranted = true, hosts = [], permissions = [], profiles = [aws.info.profile] } = {},
    ) => {
      const names = profiles.map(({ name }) => name.replace(/\W/g, ""));
      const outdir = join(folder, ["extension", browser, siteGranted, ...names, ...hosts, ...permissions].join("-"));
      await rm(outdir, { recursive: true, force: true });
      await cp(await builtOnce(browser), outdir, { recursive: true });
      await writeFile(join(outdir, "profiles.json"), JSON.stringify(profiles));
      for (const host of siteGranted ? [SITE_HOST, ...hosts] : hosts) {
        await changeManifest(outdir, ({ host_permissions }) => host_permissions.push(`http://${host}/*`));
      }
      for (const permission of permissions) {
        // Named as optional too: by that the extension knows that this browser has it.
        await changeManifest(outdir, (manifest) => manifest.permissions.push(permission));
      }
      return outdir;
    },
    control: async (method, path, input) => {
      const body = input === undefined ? null : JSON.stringify(input);
      const response = await fetch(`${aws.info.control}${path}`, { method, body });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    close: async () => {
      await site.close();
      await aws.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

const builds = new Map<BrowserName, Promise<string>>();

/** Local builds of one process differ in their profiles and permissions alone. Returns a folder to copy from. */
function builtOnce(browser: BrowserName): Promise<string> {
  const known = builds.get(browser);
  if (known !== undefined) return known;
  const building = (async () => {
    // Not in the temporary folder: nobody is asked to tidy up when vitest ends a process.
    const outdir = join(ROOT, ".cache", `test-${browser}`);
    await build({ browser, outdir, localProfiles: [] });
    return outdir;
  })();
  builds.set(browser, building);
  return building;
}

type Manifest = Record<"permissions" | "host_permissions", string[]>;

async function changeManifest(extension: string, change: (manifest: Manifest) => unknown): Promise<void> {
  const file = join(extension, "manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  change(manifest);
  await writeFile(file, JSON.stringify(manifest));
}
