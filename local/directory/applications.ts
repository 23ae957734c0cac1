import type { AccountRoles } from "../account/roles.ts";

/** What the directory answers, for one person. */
export interface DirectoryAnswer {
  /** Version of this format. */
  holdall: 1;
  applications: Application[];
}

interface Application {
  name: string;
  roles: { arn: string; name: string; description: string }[];
}

/**
 * What the directory offers. It knows nothing of trust policies: alice is offered the auditor's role, which IAM refuses her.
 *
 * @param name what the person types to sign in
 */
export function applicationsOf(name: string, roles: AccountRoles): DirectoryAnswer {
  const everything = {
    arn: roles.person.arn,
    name: "Everything",
    description: "Read and write your own files and items.",
  };
  const reader = { arn: roles.reader.arn, name: "Reader", description: "Read your own files and items." };
  const auditor = { arn: roles.auditor.arn, name: "Auditor", description: "Read, for auditors." };
  const others: Application[] = [{ name: "Holdall", roles: [everything] }];
  const offers: Record<string, Application[]> = {
    alice: [{ name: "Holdall", roles: [everything, reader, auditor] }],
    bob: [
      { name: "Holdall", roles: [everything] },
      { name: "Audit", roles: [auditor] },
    ],
  };
  return { holdall: 1, applications: (Object.hasOwn(offers, name) ? offers[name] : undefined) ?? others };
}
