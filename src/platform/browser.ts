/**
 * The browser API, promises in both browsers. Only this folder imports it. Chromium has `browser` itself since 144, Firefox
 * always had it: webextension-polyfill would add 3 KB gzip to every bundle and hand out this very object, so it gives only types.
 */
import type { Browser } from "webextension-polyfill";

export const { browser } = globalThis as unknown as { browser: Browser };
