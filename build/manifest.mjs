// @ts-check
import { createHash } from "node:crypto";

/** @typedef {"chromium" | "firefox"} Browser */
/** @typedef {Record<string, any>} Manifest */

/** Loopback is no part of a release: a person who wants it grants it as an optional host. */
export const LOOPBACK_HOSTS = ["http://127.0.0.1/*", "http://localhost/*"];

const CHROMIUM_ONLY = ["key", "minimum_chrome_version", "message_serialization", "optional_permissions", "storage"];
const FIREFOX_ONLY = ["browser_specific_settings"];
const CHROMIUM_ONLY_PERMISSIONS = ["offscreen"];

/**
 * The manifest of one browser: what the other one alone understands is left out, since each warns about unknown keys.
 *
 * @param {Manifest} source the repository's manifest.json
 * @param {{ browser: Browser, version: string, local: boolean }} options `local` adds the loopback host permissions
 * @returns {Manifest}
 */
export function manifestFor(source, { browser, version, local }) {
  const manifest = structuredClone(source);
  manifest.version = version;
  for (const key of browser === "chromium" ? FIREFOX_ONLY : CHROMIUM_ONLY) delete manifest[key];
  delete manifest.background[browser === "chromium" ? "scripts" : "service_worker"];
  if (browser === "chromium") {
    delete manifest.action.default_area;
  } else {
    manifest.permissions = manifest.permissions.filter(
      (/** @type {string} */ name) => !CHROMIUM_ONLY_PERMISSIONS.includes(name),
    );
  }
  if (local) manifest.host_permissions.push(...LOOPBACK_HOSTS);
  return manifest;
}

/**
 * @param {Manifest} source
 * @returns {string} the id that Chromium derives from the manifest's `key`: 16 bytes of its SHA-256, written with a–p
 */
export function chromiumId(source) {
  const hash = createHash("sha256").update(Buffer.from(source.key, "base64")).digest("hex").slice(0, 32);
  return [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join("");
}

/**
 * Where an identity provider sends the person back to; both are registered there.
 *
 * @param {Manifest} source
 * @returns {Record<Browser, string>}
 */
export function redirectUrls(source) {
  const geckoHash = createHash("sha1").update(source.browser_specific_settings.gecko.id).digest("hex");
  return {
    chromium: `https://${chromiumId(source)}.chromiumapp.org/`,
    firefox: `https://${geckoHash}.extensions.allizom.org/`,
  };
}
