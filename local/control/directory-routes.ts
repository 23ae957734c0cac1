import { type DirectoryBehaviour, LINK_MODES, NORMAL, ROLES_MODES } from "../directory/behaviour.ts";
import { readNumber } from "./fault-request.ts";
import { type Route, readOneOf } from "./routes.ts";

/**
 * How the role directory and its profile link answer.
 *
 * - `PUT /directory {roles?, link?, linkedProfile?}` see {@link DirectoryBehaviour}; what is not named stays
 * - `DELETE /directory` as at the start
 */
export function directoryRoutes(behaviour: DirectoryBehaviour): Record<string, Route> {
  return {
    "PUT /directory": (input) => {
      behaviour.roles = readOneOf(input, "roles", ROLES_MODES) ?? behaviour.roles;
      behaviour.link = readOneOf(input, "link", LINK_MODES) ?? behaviour.link;
      behaviour.linkedProfile = readNumber(input, "linkedProfile") ?? behaviour.linkedProfile;
      return behaviour;
    },
    "DELETE /directory": () => Object.assign(behaviour, NORMAL),
  };
}
