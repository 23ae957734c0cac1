// @ts-check
import { row } from "../lib/row.mjs";

/** What one sign-in costs at the provider's token endpoint and at STS. @type {import("../lib/groups.mjs").Group} */
export const signIn = {
  ids: ["sign-in-token", "sign-in-sts"],
  async measure(world) {
    const { signInRequests } = await world.signedIn();
    /** @param {string} operation */
    const count = (operation) => signInRequests.filter((request) => request.operation === operation).length;
    const one = { unit: "requests", limit: 1 };
    return [
      row({ id: "sign-in-token", what: "token requests of a sign-in", value: count("token"), ...one }),
      row({ id: "sign-in-sts", what: "STS requests of a sign-in", value: count("AssumeRoleWithWebIdentity"), ...one }),
    ];
  },
};
