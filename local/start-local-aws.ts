import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { issuerPrefix } from "../src/setup/issuer.ts";
import { renderSetup } from "../src/setup/render-setup.ts";
import { setupProfile } from "../src/setup/setup-profile.ts";
import { DEFAULT_LIFETIMES, DEMO_PEOPLE, type LocalAwsOptions, localSettings, PROJECT_ROOT } from "./config.ts";
import { createControlHandler } from "./control/control-server.ts";
import { FaultSwitches } from "./control/faults.ts";
import { RequestLog } from "./control/request-log.ts";
import { ServerClock } from "./control/server-clock.ts";
import { createDynamoDbService } from "./dynamodb/create-dynamodb-service.ts";
import { createGateway } from "./gateway/gateway.ts";
import { type LoopbackServer, listen } from "./http/listen.ts";
import { SessionAuthorizer } from "./iam/session-authorizer.ts";
import type { LocalAwsInfo } from "./info.ts";
import { createIssuer } from "./issuer/issuer.ts";
import { extensionRedirectUris, LOOPBACK_REDIRECT } from "./issuer/redirect-uris.ts";
import { createS3Service } from "./s3/create-s3-service.ts";
import { Sessions } from "./sts/sessions.ts";
import { createStsHandler } from "./sts/sts-server.ts";
import { createTokenVerifier } from "./sts/verify-token.ts";

/** What lies in the data folder. */
const STATE = {
  issuer: "issuer",
  sessions: "sts-sessions.json",
  s3: "s3",
  dynamodb: "dynamodb",
} as const;

export interface LocalAws {
  info: LocalAwsInfo;
  /** The ports in use, for {@link LocalAwsOptions.ports} of a restart. */
  ports: number[];
  /** Ends every server and writes what is left to write. */
  close(): Promise<void>;
}

/**
 * Starts the provider, STS, S3, DynamoDB and the control server on 127.0.0.1, with the policies that `src/setup/` renders.
 *
 * @throws {PortTakenError}
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { dataDir } = options;
  const servers = await listenAll(options);
  try {
    if (options.fresh === true) await wipe(dataDir);
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await compose(options, servers);
  } catch (error) {
    await Promise.all(Object.values(servers).map((server) => server.close()));
    throw error;
  }
}

/** Only what the local AWS made: `--data` may name a folder that holds other things. */
async function wipe(dataDir: string): Promise<void> {
  const own = Object.values(STATE);
  await Promise.all(own.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

type Servers = Record<"issuer" | "sts" | "s3" | "dynamodb" | "control", LoopbackServer>;

async function listenAll({ port = 0, ports }: LocalAwsOptions): Promise<Servers> {
  const portOf = (index: number) => ports?.[index] ?? (port === 0 ? 0 : port + index);
  const open: LoopbackServer[] = [];
  const next = async () => {
    const server = await listen(portOf(open.length));
    open.push(server);
    return server;
  };
  try {
    return { issuer: await next(), sts: await next(), s3: await next(), dynamodb: await next(), control: await next() };
  } catch (error) {
    await Promise.all(open.map((server) => server.close()));
    throw error;
  }
}

async function compose(options: LocalAwsOptions, servers: Servers): Promise<LocalAws> {
  const { dataDir } = options;
  const people = [...DEMO_PEOPLE, ...(options.people ?? [])];
  const setup = renderSetup(localSettings(servers.issuer.url));
  const { settings, role, provider } = setup;
  const { region, bucket, table, clientId, account: accountId } = settings;
  const world = { clock: new ServerClock(), faults: new FaultSwitches(), log: new RequestLog() };
  const redirectUris = [
    ...extensionRedirectUris(join(PROJECT_ROOT, "manifest.json")),
    LOOPBACK_REDIRECT,
    ...(options.redirectUris ?? []),
  ];
  const lifetimes = { ...DEFAULT_LIFETIMES, ...options.lifetimes };
  const issuer = await createIssuer({
    url: settings.issuer,
    dataDir: join(dataDir, STATE.issuer),
    clientId,
    redirectUris,
    people,
    lifetimes,
    world,
  });
  const sessions = await Sessions.open(join(dataDir, STATE.sessions), world.clock);
  const prefix = issuerPrefix(settings.issuer);
  const trustedRole = {
    arn: role.arn,
    name: role.name,
    accountId,
    maxSessionSeconds: role.maxSessionDuration,
    trustPolicy: setup.trustPolicy,
    provider: { arn: provider.arn, prefix },
  };
  const verifyToken = createTokenVerifier({ issuer: provider.url, clientIds: provider.clientIds });
  const authorizer = new SessionAuthorizer({ arn: role.arn, accountId, permissionPolicy: setup.permissionPolicy });
  const { partitionKey, sortKey } = settings.options;
  const s3 = await createS3Service({
    dataDir: join(dataDir, STATE.s3),
    accountId,
    bucket,
    region,
    now: () => world.clock.now(),
  });
  const dynamodb = await createDynamoDbService({
    dataDir: join(dataDir, STATE.dynamodb),
    accountId,
    region,
    table: { name: table, partitionKey, sortKey },
  });
  const gateway = { world, sessions, authorizer, region, accountId, issuerPrefix: prefix };
  servers.issuer.serve(issuer.handler);
  servers.sts.serve(createStsHandler({ role: trustedRole, sessions, verifyToken, clock: world.clock }, world));
  servers.s3.serve(createGateway({ ...gateway, service: s3 }));
  servers.dynamodb.serve(createGateway({ ...gateway, service: dynamodb }));
  servers.control.serve(createControlHandler({ world, sessions, issuer, people, clientId, s3 }));

  const endpoints = { sts: servers.sts.url, s3: servers.s3.url, dynamodb: servers.dynamodb.url };
  const profile = setupProfile(settings, { name: "Local", colour: "#1f7a5c" });
  return {
    ports: Object.values(servers).map((server) => server.port),
    info: {
      issuer: settings.issuer,
      endpoints: { ...endpoints, cognitoIdentity: null },
      region,
      profile: { ...profile, bucket: { ...profile.bucket, forcePathStyle: true }, endpoints },
      people: people.map(({ name, password, subject }) => ({ name, password, subject })),
      control: servers.control.url,
    },
    async close() {
      await Promise.all(Object.values(servers).map((server) => server.close()));
      await Promise.all([issuer.close(), sessions.close(), s3.close(), dynamodb.close()]);
    },
  };
}
