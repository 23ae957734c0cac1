import { splitEnding } from "../../shared/safe-file-name.ts";

/** Names tried before the person is asked. */
export const mostRenames = 99;

/** The next name to try: `a.txt` → `a (2).txt` → `a (3).txt`. Only the last segment of the path changes. */
export function nextName(path: string): { path: string; name: string } {
  const slash = path.lastIndexOf("/") + 1;
  const { stem, ending } = splitEnding(path.slice(slash));
  const counted = /^(?<base>.*) \((?<count>[1-9]\d{0,3})\)$/su.exec(stem)?.groups;
  const base = counted?.base ?? stem;
  const name = `${base} (${counted ? Number(counted.count) + 1 : 2})${ending}`;
  return { path: path.slice(0, slash) + name, name };
}
