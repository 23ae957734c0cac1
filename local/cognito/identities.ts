import { randomUUID } from "node:crypto";
import { JsonFile } from "../http/json-file.ts";
import type { IdentityPool } from "./identity-pool.ts";

interface IdentityFile {
  /** Login → identity id. */
  logins: Record<string, string>;
  /** Identity id → login. */
  owners: Record<string, string>;
  /** Identity id → the one that it was merged into. */
  merged: Record<string, string>;
}

/** Who the provider says it is. */
export interface Login {
  provider: string;
  subject: string;
}

/** The identities of a pool, kept on disk: one login has one id, and keeps it. */
export class Identities {
  private constructor(
    private readonly file: JsonFile<IdentityFile>,
    private readonly pool: IdentityPool,
  ) {}

  static async open(path: string, pool: IdentityPool): Promise<Identities> {
    return new Identities(
      await JsonFile.open<IdentityFile>(path, () => ({ logins: {}, owners: {}, merged: {} })),
      pool,
    );
  }

  /** The login's identity id; a new one is on disk when this returns. */
  async idOf(login: Login): Promise<string> {
    const name = this.#nameOf(login);
    const { logins } = this.file.value;
    const known = Object.hasOwn(logins, name) ? logins[name] : undefined;
    if (known !== undefined) return known;
    const id = this.#create(name);
    logins[name] = id;
    await this.file.flush();
    return id;
  }

  exists(id: string): boolean {
    return Object.hasOwn(this.file.value.owners, id);
  }

  belongsTo(id: string, login: Login): boolean {
    return this.exists(id) && this.file.value.owners[id] === this.#nameOf(login);
  }

  /** The identity that gets the credentials when `id` is asked for. */
  survivorOf(id: string): string {
    const { merged } = this.file.value;
    return (Object.hasOwn(merged, id) ? merged[id] : undefined) ?? id;
  }

  /**
   * As when a person's login was linked to an older identity of theirs: `GetId` still tells the id that it told before, the
   * credentials are those of another one.
   *
   * @returns the id that counts from now on
   */
  async merge(login: Login): Promise<string> {
    const id = await this.idOf(login);
    const survivor = this.#create(this.#nameOf(login));
    this.file.value.merged[id] = survivor;
    await this.file.flush();
    return survivor;
  }

  /** Every identity is its own again. */
  async unmerge(): Promise<void> {
    this.file.value.merged = {};
    await this.file.flush();
  }

  close(): Promise<void> {
    return this.file.flush();
  }

  #create(owner: string): string {
    const id = `${this.pool.region}:${randomUUID()}`;
    this.file.value.owners[id] = owner;
    return id;
  }

  #nameOf({ provider, subject }: Login): string {
    return JSON.stringify([this.pool.id, provider, subject]);
  }
}
