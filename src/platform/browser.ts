/** The browser API, promises in both browsers. Only this folder imports it. */
import browser from "webextension-polyfill";

export { browser };
