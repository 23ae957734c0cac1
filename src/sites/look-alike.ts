/** Hosts that are not what they look like. An origin is always ASCII; people read it in its own script. */
import { toUnicode } from "./punycode.ts";

/** Letters of other scripts that a person takes for Latin ones. Cyrillic and Greek, by their shapes. */
const likeLatin = /^[аеорсухіјѕһԁԛԝӏɡνοαυκχϲ]+$/u;
/** Latin letters of phonetics and small capitals that are taken for a to z, one among others. */
const likeAscii = /[ıȷɑɡɩɪɴɾʀʏʙʜʟǀǃᴀ-ᴢꞁꬲ]/u;
/** Characters that show as a mark on their neighbour, as punctuation of an address, or not at all. */
const unseen = /[\u02b0-\u036f\u2000-\u2fff]|\p{Cf}|\p{Default_Ignorable_Code_Point}/u;
/** Written together with Latin letters by millions, and of no letter's shape. */
const besideLatin = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const latin = /\p{Script=Latin}/u;
const neutral = /[\p{Script=Common}\p{Script=Inherited}]/u;
const scripts = [
  "Cyrillic",
  "Greek",
  "Coptic",
  "Armenian",
  "Georgian",
  "Cherokee",
  "Lisu",
  "Hebrew",
  "Arabic",
  "Thai",
].map((script) => new RegExp(`\\p{Script=${script}}`, "u"));

export interface HostLook {
  /** As it is written in its own script, where that differs. */
  unicodeHost: string | null;
  /** It mixes scripts that nobody mixes, or could be taken for Latin letters. */
  lookAlike: boolean;
}

export function hostLook(hostname: string): HostLook {
  const unicode = toUnicode(hostname);
  if (unicode === hostname) return { unicodeHost: null, lookAlike: false };
  return { unicodeHost: unicode, lookAlike: unicode.split(".").some(misleads) };
}

function misleads(label: string): boolean {
  if (!/[^a-z0-9-]/.test(label)) return false;
  if (unseen.test(label) || likeAscii.test(label)) return true;
  const letters = [...label].filter((character) => /\p{L}/u.test(character) && !neutral.test(character));
  if (letters.length === 0) return false;
  const others = letters.filter((letter) => !latin.test(letter) && !besideLatin.test(letter));
  const mixed = others.length > 0 && others.length < letters.length;
  return mixed || scripts.filter((script) => script.test(label)).length > 1 || likeLatin.test(letters.join(""));
}
