/** Hosts that are not what they look like. An origin is always ASCII; people read it in its own script. */
import { toUnicode } from "./punycode.ts";

/** Letters of other scripts that a person takes for Latin ones. Cyrillic and Greek, by their shapes. */
const likeLatin = /^[аеорсухіјѕһԁԛԝӏɡνοαυκχϲ]+$/u;
const scripts = ["Latin", "Cyrillic", "Greek", "Armenian", "Hebrew", "Arabic", "Thai", "Hangul"];

export interface HostLook {
  /** As it is written in its own script, where that differs. */
  unicodeHost: string | null;
  /** It mixes scripts that nobody mixes, or could be taken for Latin letters. */
  lookAlike: boolean;
}

export function hostLook(hostname: string): HostLook {
  const unicode = toUnicode(hostname);
  if (unicode === hostname) return { unicodeHost: null, lookAlike: false };
  const lookAlike = unicode.split(".").some((label) => {
    const letters = [...label].filter((character) => /\p{L}/u.test(character)).join("");
    if (!/[^a-z0-9-]/.test(label) || letters === "") return false;
    const found = scripts.filter((script) => new RegExp(`\\p{Script=${script}}`, "u").test(letters));
    return found.length > 1 || likeLatin.test(letters) || /[\u02b0-\u036f\u2000-\u2fff]/u.test(label);
  });
  return { unicodeHost: unicode, lookAlike };
}
