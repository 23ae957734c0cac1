/** remoteStorage.js brings no types: of it, what the test uses. */
declare module "remotestoragejs" {
  interface Client {
    storeFile(type: string, path: string, body: string): Promise<unknown>;
    getFile(path: string, maxAge?: number | false): Promise<{ data?: unknown }>;
    storeObject(type: string, path: string, object: object): Promise<unknown>;
    getObject(path: string, maxAge?: number | false): Promise<unknown>;
    declareType(name: string, schema: object): void;
    remove(path: string): Promise<unknown>;
  }
  export default class RemoteStorage {
    constructor(options: {
      modules: { name: string; builder: (client: Client) => { exports: Client } }[];
    });
    access: { claim(scope: string, mode: "r" | "rw"): void };
    caching: { enable(path: string): void };
    shopping: Client;
    remote: unknown;
    on(event: string, listener: (...input: unknown[]) => void): void;
    disconnect(): void;
    startSync(): Promise<unknown>;
    _emit(event: string, ...input: unknown[]): void;
  }
}
