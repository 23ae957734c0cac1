import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../build.mjs";
import type { LocalAwsInfo } from "../../local/info.ts";
import { startLocalAws } from "../../local/start-local-aws.ts";
import type { BrowserName } from "./extension-browser.ts";
import { type PageServer, startPageServer } from "./page-server.ts";

export interface TestWorld {
  aws: LocalAwsInfo;
  /** A web site to right-click on. */
  site: PageServer;
  /** Builds the extension for this world's profile; returns its folder. */
  buildExtension(browser: BrowserName): Promise<string>;
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
    buildExtension: async (browser) => {
      const outdir = join(folder, `extension-${browser}`);
      await build({ browser, outdir, localProfiles: [aws.info.profile] });
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
