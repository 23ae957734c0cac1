/** One browser, one world, alice signed in; and what a test of transfers asks of them. */
import { createHash } from "node:crypto";
import { GetObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import type { Page } from "puppeteer-core";
import { expect } from "vitest";
import type { TransferView, View } from "../../../src/messaging/view.ts";
import { type AwsAccess, accessAs } from "../../support/aws-access.ts";
import type { BrowserName, ExtensionBrowser } from "../../support/extension-browser.ts";
import { launchExtension } from "../../support/launch-extension.ts";
import { poll } from "../../support/poll.ts";
import { searchForSecrets } from "../../support/search-for-secrets.ts";
import { secretsOf, sessionRecord } from "../../support/session-secrets.ts";
import { signIn } from "../../support/sign-in.ts";
import { startTestWorld, type TestWorld } from "../../support/test-world.ts";

/** Made alike in the page and here: `size` bytes that follow from `seed`, with no two parts alike. */
export function bytesOf(size: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = (index * 31 + seed + (index >> 8) + (index >> 16)) & 255;
  return bytes;
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export interface MadeFile {
  path: string;
  size: number;
  seed: number;
}

export class TransferStage {
  readonly secrets: Record<string, string> = {};
  app!: Page;
  #since = 0;
  #partsToHold = 0;

  private constructor(
    readonly world: TestWorld,
    readonly browser: ExtensionBrowser,
    public alice: AwsAccess,
    readonly aliceId: string,
  ) {}

  static async open(name: BrowserName): Promise<TransferStage> {
    const world = await startTestWorld();
    const browser = await launchExtension(name, { extension: await world.buildExtension(name) });
    const aliceId = world.aws.people.find((person) => person.name === "alice")?.subject ?? "";
    const stage = new TransferStage(world, browser, await accessAs(world, "alice"), aliceId);
    stage.app = await browser.openApp("/files");
    await stage.signIn("alice");
    return stage;
  }

  async signIn(person: string): Promise<void> {
    await signIn(this.browser, this.app, this.world.aws, person);
    const record = await poll(`${person} to be signed in`, () => sessionRecord(this.app));
    Object.assign(this.secrets, secretsOf(person, record));
  }

  /** Ends with the search for what must never be on disk. */
  async close(): Promise<void> {
    this.alice.close();
    await this.browser.close();
    const found = await searchForSecrets(this.browser.profileDir, this.secrets);
    await this.browser.dispose();
    await this.world.close();
    expect(found).toEqual([]);
  }

  /** Sends a command as a page of the extension does; answers what came back. */
  async call(command: string, input: object): Promise<{ ok: boolean; value?: unknown; error?: unknown }> {
    const message = JSON.stringify({ holdall: 1, command, input });
    return (await this.app.evaluate((text) => chrome.runtime.sendMessage(JSON.parse(text)), message)) as never;
  }

  async order(command: string, input: object = {}): Promise<unknown> {
    const answer = await this.call(command, input);
    expect(answer).toMatchObject({ ok: true });
    return answer.value;
  }

  view = async () => (await this.order("view.get")) as View;
  profile = async () => (await this.view()).activeProfile ?? "";
  fault = (input: object) => this.world.control("POST", "/faults", input);

  /** S3 takes its time with the next parts. @param ms of each */
  async holdParts(ms: number, count = 4): Promise<void> {
    this.#partsToHold = count;
    await this.fault({ operation: "UploadPart", kind: "delay", ms, count });
  }

  /** Waits until one that {@link holdParts} holds has left: by then its upload is known by more than S3. */
  async partArrives(): Promise<void> {
    await poll("a part to arrive", async () => {
      const switches = (await this.world.control("GET", "/faults")) as {
        operation: string;
        kind: string;
        count: number;
      }[];
      const left = switches.find(({ operation, kind }) => operation === "UploadPart" && kind === "delay")?.count ?? 0;
      return left < this.#partsToHold;
    });
  }

  async transfer(path: string): Promise<TransferView | undefined> {
    return (await this.view()).transfers.rows.find((row) => row.path === path);
  }

  async reaches(path: string, state: TransferView["state"], timeout = 60_000): Promise<TransferView> {
    return await poll(
      `${path} to be ${state}`,
      async () => {
        const row = await this.transfer(path);
        return row?.state === state && row;
      },
      timeout,
    );
  }

  /** Files that the page makes from their seeds. */
  async upload(files: MadeFile[], ifExists = "fail"): Promise<string[]> {
    const profile = await this.profile();
    const answer = await this.app.evaluate(
      async (input) => {
        const made = input.files.map(({ path, size, seed }) => {
          const bytes = new Uint8Array(size);
          for (let index = 0; index < size; index++) {
            bytes[index] = (index * 31 + seed + (index >> 8) + (index >> 16)) & 255;
          }
          return { file: new File([bytes], path), size, path };
        });
        const message = { profile: input.profile, files: made, ifExists: input.ifExists };
        return await chrome.runtime.sendMessage({ holdall: 1, command: "files.upload", input: message });
      },
      { files, profile, ifExists },
    );
    expect(answer).toMatchObject({ ok: true, value: { refused: [] } });
    return (answer as { value: { ids: string[] } }).value.ids;
  }

  async storedDigest(path: string): Promise<string> {
    const { bucket: Bucket, s3 } = this.alice;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `${this.aliceId}/${path}` }));
    return sha256((await Body?.transformToByteArray()) ?? new Uint8Array());
  }

  async versionsOf(path: string): Promise<number> {
    const { bucket: Bucket, s3 } = this.alice;
    const listed = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: `${this.aliceId}/${path}` }));
    return listed.Versions?.length ?? 0;
  }

  async storedPaths(prefix = ""): Promise<string[]> {
    const { bucket: Bucket, s3 } = this.alice;
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `${this.aliceId}/${prefix}` }));
    return (listed.Contents ?? []).map(({ Key = "" }) => Key.slice(this.aliceId.length + 1));
  }

  /** Names of the S3 operations that ended since the last call. @param from those that began before are left out */
  async operations(from = 0): Promise<string[]> {
    const log = (await this.world.control("GET", "/requests")) as { service: string; operation: string; at: number }[];
    const fresh = log.slice(this.#since);
    this.#since = log.length;
    return fresh.filter(({ service, at }) => service === "s3" && at >= from).map(({ operation }) => operation);
  }

  /** Multipart uploads that S3 still holds. */
  async openUploads(): Promise<{ key: string; uploadId: string }[]> {
    return (await this.world.control("GET", "/uploads")) as { key: string; uploadId: string }[];
  }

  async expireSessions(): Promise<void> {
    await this.world.control("POST", "/sessions/expire");
    // Our own credentials ended with all others.
    this.alice.close();
    this.alice = await accessAs(this.world, "alice");
  }
}
