import type { Identities } from "../cognito/identities.ts";
import type { IdentityPool } from "../cognito/identity-pool.ts";
import type { Person } from "../config.ts";
import type { DirectoryBehaviour } from "../directory/behaviour.ts";
import type { Roles } from "../iam/roles.ts";
import type { Issuer } from "../issuer/issuer.ts";
import type { S3Service } from "../s3/create-s3-service.ts";
import type { Sessions } from "../sts/sessions.ts";
import { cognitoRoutes } from "./cognito-routes.ts";
import { directoryRoutes } from "./directory-routes.ts";
import { ControlError, readFault, readNumber } from "./fault-request.ts";
import { iamRoutes } from "./iam-routes.ts";
import { issuerRoutes } from "./issuer-routes.ts";
import type { Route } from "./routes.ts";
import type { World } from "./world.ts";

export interface ControlParts {
  world: World;
  sessions: Sessions;
  issuer: Issuer;
  people: readonly Person[];
  clientId: string;
  s3: Pick<S3Service, "openUploads">;
  roles: Roles;
  pool: IdentityPool;
  identities: Identities;
  directory: DirectoryBehaviour;
}

/**
 * What tests may ask of the local AWS, by `METHOD /path`; besides {@link issuerRoutes}, {@link iamRoutes},
 * {@link cognitoRoutes} and {@link directoryRoutes}.
 *
 * - `POST /faults` see {@link readFault}; `GET /faults`; `DELETE /faults`
 * - `POST /sessions/expire` ends every STS session now
 * - `POST /clock {offsetMs}` moves the clock of STS sessions, signatures and Date headers; `GET /clock`
 * - `GET /requests?since=N&operation=PutObject` the log, both may be left out; `DELETE /requests`
 * - `GET /requests/count` how many of each operation and status since the last `DELETE /requests`: `{"PutObject 200": 3}`
 * - `GET /uploads` multipart uploads in progress, see {@link OpenUpload}
 */
export function controlRoutes(parts: ControlParts): Record<string, Route> {
  const { world, sessions, issuer, people, clientId, s3 } = parts;
  const subjectOf = (name: string): string => {
    const person = people.find((candidate) => candidate.name === name);
    if (person === undefined) throw new ControlError(`There is nobody called ${name}`);
    return person.subject;
  };
  const { faults, log, clock } = world;
  return {
    ...issuerRoutes(issuer, clientId, subjectOf),
    ...iamRoutes(parts.roles),
    ...cognitoRoutes(parts.pool, parts.identities, subjectOf),
    ...directoryRoutes(parts.directory),
    "GET /faults": () => faults.list(),
    "POST /faults": (input) => faults.add(readFault(input)),
    "DELETE /faults": () => faults.clear(),
    "POST /sessions/expire": () => sessions.expireAll(),
    "GET /clock": () => ({ offsetMs: clock.offsetMs }),
    "POST /clock": (input) => {
      clock.offsetMs = readNumber(input, "offsetMs") ?? 0;
    },
    "GET /requests": (_input, query) => log.since(Number(query.get("since") ?? 0), query.get("operation")),
    "GET /requests/count": () => log.counts(),
    "GET /uploads": () => s3.openUploads(),
    "DELETE /requests": () => log.clear(),
  };
}
