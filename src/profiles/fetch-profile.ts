import { HoldallError } from "../shared/holdall-error.ts";

/** Bytes. A profile has some hundred. */
const largest = 100_000;
/** Milliseconds for the whole answer. */
const limit = 8000;

/**
 * The text that a profile's link leads to. No cookie goes out with it and nothing is cached; a redirect is not followed, or the
 * host that the person was shown would not be the one that the profile comes from.
 * @throws HoldallError `profile-link-unreachable`, `profile-link-refused`, `profile-link-redirects`, `profile-link-not-json`,
 * `profile-link-too-large`, `offline`, and those of `fetch` (`permission-needed`)
 */
export async function fetchProfile(url: URL, deps: { fetch: typeof fetch; online(): boolean }): Promise<string> {
  const { host } = url;
  const signal = AbortSignal.timeout(limit);
  let response: Response;
  let text: string | null;
  try {
    response = await deps.fetch(url.href, {
      headers: { accept: "application/json" },
      cache: "no-store",
      credentials: "omit",
      redirect: "manual",
      referrerPolicy: "no-referrer",
      signal,
    });
    text = response.status === 200 ? await readText(response) : "";
  } catch (cause) {
    if (cause instanceof HoldallError) throw cause;
    throw new HoldallError(deps.online() ? "profile-link-unreachable" : "offline", { subs: [host] }, { cause });
  }
  const { status, type } = response;
  // A browser hides what a redirect says; elsewhere it is seen.
  if (type === "opaqueredirect" || (status >= 300 && status < 400)) {
    throw new HoldallError("profile-link-redirects", { subs: [host] });
  }
  if (status !== 200) throw new HoldallError("profile-link-refused", { subs: [host, String(status)], status });
  if (text === null) throw new HoldallError("profile-link-too-large", { subs: [host] });
  if (!isJson(text)) throw new HoldallError("profile-link-not-json", { subs: [host] });
  return text;
}

/** Null when it is longer than a profile can be. */
async function readText({ body }: Response): Promise<string | null> {
  const reader = body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      bytes += read.value.length;
      if (bytes > largest) return null;
      text += decoder.decode(read.value, { stream: true });
    }
    return text + decoder.decode();
  } finally {
    // Nobody waits for it: the source may take its time to hear.
    reader.cancel().catch(() => undefined);
  }
}

/** Portals answer HTML with 200: that is another fault than a comma too many. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return /^\s*[{[]/.test(text);
  }
}
