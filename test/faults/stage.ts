/** A world with one browser that may be killed and started again, and what a run asks of it. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import type { TransferView, View } from "../../src/messaging/view.ts";
import type { BrowserName, ExtensionBrowser } from "../support/extension-browser.ts";
import { launchExtension } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import { type FoundSecret, searchForSecrets } from "../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../support/session-secrets.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";
import { sendCommand } from "./in-page.ts";
import { Outside } from "./outside.ts";
import { signInAgain } from "./sign-in-again.ts";

/** Rows of one message. */
const pageSize = 500;

export class Stage {
  static readonly #open = new Set<Stage>();
  readonly secrets: Record<string, string> = {};
  browser!: ExtensionBrowser;
  app!: Page;
  /** False while the browser is down. */
  up = false;
  #folders: { dispose(): Promise<void> }[] = [];

  private constructor(
    readonly world: TestWorld,
    readonly outside: Outside,
    readonly name: BrowserName,
    readonly folder: string,
    readonly extension: string,
  ) {}

  static async open(name: BrowserName): Promise<Stage> {
    const world = await startTestWorld();
    const folder = await mkdtemp(join(tmpdir(), "holdall-faults-"));
    const extension = await world.buildExtension(name, { siteGranted: false });
    const stage = new Stage(world, new Outside(world, "alice"), name, folder, extension);
    Stage.#open.add(stage);
    await mkdir(join(folder, "picked"));
    await stage.startBrowser();
    await stage.signIn();
    return stage;
  }

  async startBrowser(): Promise<void> {
    const { extension, folder } = this;
    const [profileDir, downloadDir] = [join(folder, "profile"), this.downloadDir];
    this.browser = await launchExtension(this.name, { extension, profileDir, downloadDir });
    this.#folders.push(this.browser);
    this.app = await this.browser.openApp("/files");
    await poll("the profile", async () => (await this.view()).activeProfile);
    this.up = true;
  }

  get downloadDir(): string {
    return join(this.folder, "downloads");
  }

  /** Where a file lies that is picked from disk. */
  pickedPath(name: string): string {
    return join(this.folder, "picked", name);
  }

  /** SIGKILL; `startBrowser` then starts another one with the same profile folder. */
  async killBrowser(): Promise<void> {
    this.up = false;
    await this.browser.kill();
  }

  /** The app's page again when it is gone, as after the end of the extension's process. */
  async page(): Promise<Page> {
    if (this.app.isClosed()) this.app = await this.browser.openApp("/files");
    return this.app;
  }

  /** @throws when the answer is a refusal, or none comes within 20 s */
  async order(command: string, input: object = {}): Promise<unknown> {
    const answer = await within(20_000, command, sendCommand(await this.page(), command, input));
    if (!answer?.ok) throw new Error(`${command}: ${JSON.stringify(answer)}`);
    return answer.value;
  }

  view = async () => (await this.order("view.get")) as View;
  profile = async () => (await this.view()).activeProfile ?? "";

  /** Every transfer of who is signed in. */
  async rows(): Promise<TransferView[]> {
    const rows: TransferView[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.order("transfers.list", { limit: pageSize, ...(cursor !== null && { cursor }) });
      const { rows: next, cursor: following } = page as { rows: TransferView[]; cursor: string | null };
      rows.push(...next);
      cursor = following;
    } while (cursor !== null && rows.length < 10_000);
    return rows;
  }

  async isSignedIn(): Promise<boolean> {
    return (await this.view()).session.state === "signed-in";
  }

  async signIn(): Promise<void> {
    await signInAgain(this, "alice");
    await this.noteSecrets();
  }

  /** Remembers what the extension holds now, to be searched for on disk later. */
  async noteSecrets(): Promise<void> {
    const record = await sessionRecord(await this.page());
    if (record === null) return;
    for (const secret of Object.values(secretsOf("alice", record))) {
      if (secret.length < 16) throw new Error("A secret is too short to be searched for");
      this.secrets[`secret ${secret.slice(-16)}`] = secret;
    }
  }

  async clearFaults(): Promise<void> {
    await this.world.control("DELETE", "/faults");
  }

  /** Whatever is going on: leaves no process and no file. */
  static async endAll(): Promise<void> {
    const ends = [...Stage.#open].map(async (stage) => {
      await stage.browser?.kill().catch(() => {});
      await stage.#remove();
    });
    await Promise.allSettled(ends);
  }

  async #remove(): Promise<void> {
    Stage.#open.delete(this);
    for (const folders of this.#folders) await folders.dispose();
    this.outside.close();
    await this.world.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** Ends with the search for what must never be on disk. */
  async close(): Promise<FoundSecret[]> {
    await this.browser.close();
    const found = await searchForSecrets(join(this.folder, "profile"), this.secrets);
    await this.#remove();
    return found;
  }
}

/** @throws when `work` has not ended after `ms` */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${ms} ms in vain: ${what}`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
