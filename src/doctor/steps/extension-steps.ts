import { HoldallError } from "../../shared/holdall-error.ts";
import type { DoctorWorld } from "../doctor-world.ts";
import type { Step } from "../step.ts";

/** `https://login.example.com/*` → `login.example.com` */
const hostOf = (pattern: string) => pattern.replace(/^[^/]*\/\//, "").replace(/\/.*$/, "");

export const extensionSteps: Step<DoctorWorld>[] = [
  {
    id: "permissions",
    async run({ deps }) {
      const held = await Promise.all(deps.hosts.map((pattern) => deps.holdsHost(pattern)));
      const missing = deps.hosts.find((_, index) => !held[index]);
      if (missing !== undefined) throw new HoldallError("permission-needed", { subs: [hostOf(missing)] });
      return { facts: { hosts: deps.hosts.map(hostOf).join(", ") } };
    },
  },
  {
    id: "network",
    async run({ deps }) {
      if (!deps.online()) throw new HoldallError("offline");
      return {};
    },
  },
];
