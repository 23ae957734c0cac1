/** What a path inside a person's folder may be: for the pages, which say it where it is typed, and for the keys (src/aws/keys.ts). */
import { HoldallError } from "./holdall-error.ts";

/** S3 User Guide, "Naming Amazon S3 objects": at most 1,024 bytes of UTF-8. */
const longestKey = 1024;
const controlCharacter = /\p{Cc}/u;
/** Half of a surrogate pair: UTF-8 cannot write it, and an encoder would put U+FFFD in its place. */
const loneSurrogate = /\p{Cs}/u;

/**
 * A path that S3 can hold below `<identity>/`: of a file, or of a folder with a slash at the end, or "".
 * @throws HoldallError `name-malformed`, `name-leading-slash`, `name-control-character`, `name-dot-segment`, `name-too-long`
 */
export function checkPath(identity: string, path: string): void {
  if (loneSurrogate.test(path)) throw new HoldallError("name-malformed");
  if (path.startsWith("/")) throw new HoldallError("name-leading-slash", { subs: [path] });
  if (controlCharacter.test(path)) throw new HoldallError("name-control-character", { subs: [path] });
  for (const segment of path.split("/")) {
    // URL parsing takes these out before a request leaves, and then the signature is right for another key.
    if (segment === "." || segment === "..") throw new HoldallError("name-dot-segment", { subs: [path] });
  }
  const bytes = new TextEncoder().encode(`${identity}/${path}`).length;
  if (bytes > longestKey) throw new HoldallError("name-too-long", { subs: [String(bytes)] });
}
