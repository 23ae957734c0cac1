// @ts-check
import { mustMatch } from "./must-match.mjs";

/** DynamoDB's endpoint cache brings in a general LRU library for one list of a few endpoints: a Map keeps insertion order and will do. */
export const sdkLruCache = () =>
  mustMatch("sdk-lru-cache", (build, matched) => {
    build.onResolve({ filter: /^mnemonist\/lru-cache(\.js)?$/ }, ({ path }) => {
      matched(path);
      return { path, namespace: "map-lru-cache", sideEffects: false };
    });
    build.onLoad({ filter: /.*/, namespace: "map-lru-cache" }, () => ({ loader: "js", contents: LRU_CACHE }));
  });

export const LRU_CACHE = `
export default class LruCache {
  constructor(capacity) { this.capacity = capacity; this.entries = new Map(); }
  has(key) { return this.entries.has(key); }
  peek(key) { return this.entries.get(key); }
  get(key) {
    const value = this.entries.get(key);
    if (this.entries.delete(key)) this.entries.set(key, value);
    return value;
  }
  set(key, value) {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.capacity) this.entries.delete(this.entries.keys().next().value);
    return this;
  }
  clear() { this.entries.clear(); }
}`;
