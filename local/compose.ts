import { join } from "node:path";
import { issuerPrefix } from "../src/setup/issuer.ts";
import { localProfiles } from "./account/profiles.ts";
import { accountRoles } from "./account/roles.ts";
import { accountSetups } from "./account/setups.ts";
import { createCognitoHandler } from "./cognito/cognito-server.ts";
import { Identities } from "./cognito/identities.ts";
import { createLoginVerifier } from "./cognito/verify-login.ts";
import {
  DEFAULT_LIFETIMES,
  DEMO_PEOPLE,
  DIRECTORY_AUDIENCE,
  IDENTITY_POOL_ID,
  type LocalAwsOptions,
  PROJECT_ROOT,
} from "./config.ts";
import { createControlHandler } from "./control/control-server.ts";
import { FaultSwitches } from "./control/faults.ts";
import { RequestLog } from "./control/request-log.ts";
import { ServerClock } from "./control/server-clock.ts";
import { NORMAL } from "./directory/behaviour.ts";
import { createDirectoryHandler } from "./directory/directory-server.ts";
import { createExamplesHandler } from "./examples/examples-server.ts";
import { createGateway } from "./gateway/gateway.ts";
import { Roles } from "./iam/roles.ts";
import { SessionAuthorizer } from "./iam/session-authorizer.ts";
import type { LocalAwsInfo } from "./info.ts";
import { createIssuer } from "./issuer/issuer.ts";
import { extensionRedirectUris, LOOPBACK_REDIRECT } from "./issuer/redirect-uris.ts";
import type { Servers } from "./start-local-aws.ts";
import { STATE } from "./state.ts";
import { openStorage } from "./storage.ts";
import { Sessions } from "./sts/sessions.ts";
import { createStsHandler } from "./sts/sts-server.ts";
import { createTokenVerifier } from "./sts/verify-token.ts";

/** The composition root: makes every service and gives each its server. */
export async function compose(
  options: LocalAwsOptions,
  servers: Servers,
): Promise<{ info: LocalAwsInfo; closeState: () => Promise<void> }> {
  const at = (name: keyof typeof STATE) => join(options.dataDir, STATE[name]);
  const people = [...DEMO_PEOPLE, ...(options.people ?? [])];
  const world = { clock: new ServerClock(), faults: new FaultSwitches(), log: new RequestLog() };
  const setups = accountSetups(servers.issuer.url);
  const { settings, provider } = setups.webIdentity;
  if (provider === null) throw new Error("web identity needs a provider");
  const { region, clientId, account: accountId } = settings;
  const named = accountRoles(setups, DEMO_PEOPLE.find(({ name }) => name === "bob")?.subject ?? "");
  const roles = new Roles(Object.values(named));

  const issuer = await createIssuer({
    url: settings.issuer,
    dataDir: at("issuer"),
    clientId,
    redirectUris: [
      ...extensionRedirectUris(join(PROJECT_ROOT, "manifest.json")),
      LOOPBACK_REDIRECT,
      ...(options.redirectUris ?? []),
    ],
    people,
    lifetimes: { ...DEFAULT_LIFETIMES, ...options.lifetimes },
    resources: [DIRECTORY_AUDIENCE],
    world,
  });
  servers.issuer.serve(issuer.handler);

  const sessions = await Sessions.open(at("sessions"), world.clock);
  const prefix = issuerPrefix(settings.issuer);
  const sts = {
    roles,
    provider: { arn: provider.arn, prefix },
    sessions,
    verifyToken: createTokenVerifier({ issuer: provider.url, clientIds: provider.clientIds }),
    clock: world.clock,
  };
  servers.sts.serve(createStsHandler(sts, world));

  const pool = {
    id: IDENTITY_POOL_ID,
    region,
    roleArn: named.pool.arn,
    provider: { name: prefix, issuer: provider.url, clientIds: provider.clientIds },
    serverSideTokenCheck: true,
  };
  const identities = await Identities.open(at("identities"), pool);
  const verifyLogin = createLoginVerifier(pool, (claims) => issuer.isRevoked(claims));
  const cognito = { pool, identities, verifyLogin, roles, sessions, clock: world.clock };
  servers.cognito.serve(createCognitoHandler(cognito, world));

  const storage = await openStorage(setups, { s3: at("s3"), poolS3: at("poolS3"), dynamodb: at("dynamodb") }, world);
  const gateway = { world, sessions, authorizer: new SessionAuthorizer(roles), region, accountId };
  servers.s3.serve(createGateway({ ...gateway, service: storage.s3 }));
  servers.dynamodb.serve(createGateway({ ...gateway, service: storage.dynamodb }));

  const endpoints = {
    sts: servers.sts.url,
    cognitoIdentity: servers.cognito.url,
    s3: servers.s3.url,
    dynamodb: servers.dynamodb.url,
  };
  const profiles = localProfiles(setups, endpoints, servers.directory.url);
  const directory = {
    url: servers.directory.url,
    issuer: settings.issuer,
    audience: DIRECTORY_AUDIENCE,
    people,
    roles: named,
    profiles,
  };
  const behaviour = { ...NORMAL };
  servers.directory.serve(createDirectoryHandler({ ...directory, behaviour, world }));

  servers.examples.serve(createExamplesHandler(join(PROJECT_ROOT, "docs/examples")));

  const s3 = storage.s3;
  servers.control.serve(
    createControlHandler({
      world,
      sessions,
      issuer,
      people,
      clientId,
      s3,
      roles,
      pool,
      identities,
      directory: behaviour,
    }),
  );
  return {
    info: {
      issuer: settings.issuer,
      endpoints,
      region,
      profile: profiles[0],
      profiles,
      directory: servers.directory.url,
      people: people.map(({ name, password, subject }) => ({ name, password, subject })),
      control: servers.control.url,
      examples: servers.examples.url,
    },
    async closeState() {
      await Promise.all([issuer.close(), sessions.close(), identities.close(), storage.close()]);
    },
  };
}
