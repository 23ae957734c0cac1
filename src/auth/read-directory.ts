import * as v from "valibot";
import type { RoleApplication, RoleChoice } from "../messaging/session-protocol.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import type { RoleDirectory } from "../shared/profile.ts";
import { roleArnForm } from "../shared/role-arn.ts";
import { namedByArn } from "./roles.ts";

/** Milliseconds for the whole answer. */
const limit = 8000;
/** Bytes. */
const longest = 1_000_000;
const mostRoles = 5000;

const roleArn = v.pipe(v.string(), v.regex(roleArnForm, "is no role's ARN"));
const words = (most: number) => v.pipe(v.string(), v.transform(clean), v.maxLength(most, "is too long"));
const schema = v.object({
  holdall: v.literal(1, "must be 1"),
  applications: v.array(
    v.object({
      name: words(200),
      roles: v.array(
        v.pipe(
          v.object({ arn: roleArn, name: words(200), description: v.nullish(words(1000), null) }),
          v.transform((role) => (role.name === "" ? { ...role, name: namedByArn(role.arn).name } : role)),
        ),
      ),
    }),
  ),
});

/**
 * The roles that a directory names for the person, each ARN once, in its order. What it says is for choosing alone: IAM decides.
 * The ID token never goes there.
 * @throws HoldallError `directory-unreachable`, `directory-refused`, `directory-invalid`, `no-roles`, `permission-needed`, `offline`
 */
export async function readDirectory(
  { url }: RoleDirectory,
  accessToken: string,
  deps: { fetch: typeof fetch; online(): boolean },
  signal: AbortSignal,
): Promise<RoleApplication[]> {
  const { host } = new URL(url);
  const text = await ask(url, host, accessToken, deps, signal);
  let value: unknown;
  try {
    value = JSON.parse(text, refuseProto);
  } catch {
    throw new HoldallError("directory-invalid", { subs: [host, "it is not JSON"] });
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new HoldallError("directory-invalid", { subs: [host, `${v.getDotPath(issue) ?? "it"} ${issue.message}`] });
  }
  const applications = withoutRepeats(parsed.output.applications);
  const many = applications.reduce((count, { roles }) => count + roles.length, 0);
  if (many === 0) throw new HoldallError("no-roles", { subs: [host] });
  if (many > mostRoles) throw new HoldallError("directory-invalid", { subs: [host, `it names ${many} roles`] });
  return applications;
}

async function ask(
  url: string,
  host: string,
  accessToken: string,
  deps: { fetch: typeof fetch; online(): boolean },
  signal: AbortSignal,
): Promise<string> {
  let response: Response;
  let text: string;
  try {
    response = await deps.fetch(url, {
      headers: { accept: "application/json", authorization: `Bearer ${accessToken}` },
      cache: "no-store",
      credentials: "omit",
      // Whoever it leads to would get the token.
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]),
    });
    text = await readText(response, host);
  } catch (cause) {
    if (cause instanceof HoldallError) throw cause;
    if (signal.aborted) throw new HoldallError("cancelled", {}, { cause });
    throw new HoldallError(deps.online() ? "directory-unreachable" : "offline", { subs: [host] }, { cause });
  }
  const { status } = response;
  if (status >= 500) throw new HoldallError("directory-unreachable", { subs: [host], status });
  if (status !== 200) throw new HoldallError("directory-refused", { subs: [host, String(status)], status });
  return text;
}

async function readText(response: Response, host: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const piece of chunksOf(response)) {
    bytes += piece.length;
    if (bytes > longest) throw new HoldallError("directory-invalid", { subs: [host, "it is larger than 1 MB"] });
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // Nobody waits for it: the source may take its time to hear.
    reader.cancel().catch(() => undefined);
  }
}

function withoutRepeats(applications: RoleApplication[]): RoleApplication[] {
  const seen = new Set<string>();
  const isNew = ({ arn }: RoleChoice) => !seen.has(arn) && seen.add(arn) !== null;
  return applications
    .map(({ name, roles }) => ({ name, roles: roles.filter(isNew) }))
    .filter(({ roles }) => roles.length > 0);
}

/** Names are shown beside other texts: what turns the line round, or is no character, is left out. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "").trim();
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError(key);
  return value;
}
