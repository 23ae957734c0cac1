import { HoldallError } from "./holdall-error.ts";
import { inPages, type Pages } from "./pages.ts";
import type { Attributes, BatchOperation, Body, Events, Item, ListedFile, Methods, Provider } from "./types.ts";

export interface Options {
  signal?: AbortSignal;
}

type Params<M extends keyof Methods> = Methods[M][0];
type Without<M extends keyof Methods, K extends string> = Omit<Params<M>, K> & Options;
type Answer<M extends keyof Methods<V>, V = Attributes> = Promise<Methods<V>[M][1]>;
type Page<M extends keyof Methods<V>, V = Attributes> = Methods<V>[M][1];

export type Holdall = ReturnType<typeof createHoldall>;

/** The methods of a provider, by name and with types. All reject with HoldallError. */
export function createHoldall(provider: Provider) {
  const ask: <A>(method: keyof Methods, input?: object) => Promise<A> = async <A>(
    method: keyof Methods,
    { signal, ...params }: Options = {},
  ) => {
    try {
      return (await provider.request({ method, params, ...(signal && { signal }) })) as A;
    } catch (error) {
      throw new HoldallError(error as HoldallError);
    }
  };
  return {
    provider,
    /** Asks the person; they may have to sign in first. One promise for all of it. */
    connect: (wish?: Params<"connect"> & Options): Answer<"connect"> => ask("connect", wish),
    permissions: (options?: Options): Answer<"permissions"> => ask("permissions", options),
    /** @returns what ends it */
    on: <N extends keyof Events>(name: N, listener: (event: Events[N]) => void): (() => void) =>
      provider.on(name, listener),
    items: {
      get: <V = Attributes>(key: string, options?: Options): Answer<"items.get", V> =>
        ask("items.get", { ...options, key }),
      put: <V = Attributes>(
        key: string,
        value: V,
        options?: Without<"items.put", "key" | "value">,
      ): Answer<"items.put"> => ask("items.put", { ...options, key, value }),
      update: <V = Attributes>(
        key: string,
        { set, ...options }: Without<"items.update", "key" | "set"> & { set?: Partial<V> },
      ): Answer<"items.update", V> => ask("items.update", { ...options, ...(set && { set }), key }),
      delete: (key: string, options?: Without<"items.delete", "key">): Answer<"items.delete"> =>
        ask("items.delete", { ...options, key }),
      query: <V = Attributes>(options: Params<"items.query"> & Options = {}): Pages<Page<"items.query", V>, Item<V>> =>
        inPages(
          (cursor) => ask("items.query", { ...options, ...(cursor && { cursor }) }),
          ({ items }) => items,
          options.cursor,
        ),
      batch: <V = Attributes>(operations: BatchOperation<V>[], options?: Options): Answer<"items.batch", V> =>
        ask("items.batch", { ...options, operations }),
    },
    files: {
      get: (path: string, options?: Without<"files.get", "path">): Answer<"files.get"> =>
        ask("files.get", { ...options, path }),
      put: (path: string, body: Body, options?: Without<"files.put", "path" | "body">): Answer<"files.put"> =>
        ask("files.put", { ...options, path, body }),
      delete: (path: string, options?: Without<"files.delete", "path">): Answer<"files.delete"> =>
        ask("files.delete", { ...options, path }),
      /** All files below `prefix`; with `folders`, those of one folder and the names of its folders, which are in the pages. */
      list: (options: Params<"files.list"> & Options = {}): Pages<Page<"files.list">, ListedFile> =>
        inPages(
          (cursor) => ask("files.list", { ...options, ...(cursor && { cursor }) }),
          ({ files }) => files,
          options.cursor,
        ),
      head: (path: string, options?: Options): Answer<"files.head"> => ask("files.head", { ...options, path }),
    },
  };
}
