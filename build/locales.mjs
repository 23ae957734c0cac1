// @ts-check
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** @typedef {Record<string, { message: string, description?: string, placeholders?: Record<string, { content: string }> }>} Messages */

/**
 * Merges `_locales/<language>/*.json` into the one messages.json that browsers read. The parts keep the texts of one context
 * together, and two people can add texts without meeting in one file.
 *
 * @param {string} directory `_locales`
 * @returns {Promise<Record<string, Messages>>} messages by language, keys sorted
 * @throws {Error} when two parts define the same key
 */
export async function mergeLocales(directory) {
  /** @type {Record<string, Messages>} */
  const languages = {};
  for (const language of (await readdir(directory)).sort()) {
    languages[language] = await mergeParts(join(directory, language));
  }
  return languages;
}

/** @param {string} directory one language's folder */
async function mergeParts(directory) {
  /** @type {Map<string, { part: string, text: Messages[string] }>} */
  const found = new Map();
  for (const part of (await readdir(directory)).filter((name) => name.endsWith(".json")).sort()) {
    /** @type {Messages} */
    const messages = JSON.parse(await readFile(join(directory, part), "utf8"));
    for (const [key, text] of Object.entries(messages)) {
      const earlier = found.get(key);
      if (earlier) throw new Error(`"${key}" is defined twice: in ${earlier.part} and in ${part} of ${directory}`);
      found.set(key, { part, text });
    }
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { text }]) => [key, text]));
}
