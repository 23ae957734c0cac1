import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { compose } from "./compose.ts";
import type { LocalAwsOptions } from "./config.ts";
import { type LoopbackServer, listen } from "./http/listen.ts";
import type { LocalAwsInfo } from "./info.ts";
import { STATE } from "./state.ts";

export interface LocalAws {
  info: LocalAwsInfo;
  /** The ports in use, for {@link LocalAwsOptions.ports} of a restart. */
  ports: number[];
  /** Ends every server and writes what is left to write. */
  close(): Promise<void>;
}

/**
 * Starts the provider, STS, S3, DynamoDB, the control server, Cognito Identity, the role directory and the example pages on
 * 127.0.0.1, with the policies that `src/setup/` renders.
 *
 * @throws {PortTakenError}
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { dataDir } = options;
  const servers = await listenAll(options);
  const closeServers = () => Promise.all(Object.values(servers).map((server) => server.close()));
  try {
    if (options.fresh === true) await wipe(dataDir);
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const { info, closeState } = await compose(options, servers);
    return {
      info,
      ports: Object.values(servers).map((server) => server.port),
      async close() {
        await closeServers();
        await closeState();
      },
    };
  } catch (error) {
    await closeServers();
    throw error;
  }
}

/** Only what the local AWS made: `--data` may name a folder that holds other things. */
async function wipe(dataDir: string): Promise<void> {
  const own = Object.values(STATE);
  await Promise.all(own.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

/** In the order of their ports. New ones come last, so that the others keep theirs. */
const SERVERS = ["issuer", "sts", "s3", "dynamodb", "control", "cognito", "directory", "examples"] as const;

export type Servers = Record<(typeof SERVERS)[number], LoopbackServer>;

async function listenAll({ port = 0, ports }: LocalAwsOptions): Promise<Servers> {
  const portOf = (index: number) => ports?.[index] ?? (port === 0 ? 0 : port + index);
  const open: [string, LoopbackServer][] = [];
  try {
    for (const [index, name] of SERVERS.entries()) open.push([name, await listen(portOf(index))]);
  } catch (error) {
    await Promise.all(open.map(([, server]) => server.close()));
    throw error;
  }
  return Object.fromEntries(open) as Servers;
}
