import type { Database } from "../database.ts";
import { resourceNotFound, validationError } from "../errors.ts";
import type { JsonObject, Plan } from "../types.ts";
import { tableNameOf } from "./tables.ts";

interface Specification {
  AttributeName: string;
  Enabled: boolean;
}

/**
 * UpdateTimeToLive and DescribeTimeToLive. The setting is kept, and no item is ever removed by it: AWS removes expired
 * items "within a few days" and returns them until then, so nothing may rely on their absence.
 */
export function timeToLiveOperation(operation: string, database: Database, input: JsonObject): Plan {
  const name = tableNameOf(input);
  const specification = operation === "UpdateTimeToLive" ? readSpecification(input.TimeToLiveSpecification) : null;
  return {
    authorizations: [{ action: `dynamodb:${operation}`, resource: database.tableArn(name), context: {} }],
    async run() {
      const { description } = database.table(name);
      if (!description) throw resourceNotFound(`Requested resource not found: Table: ${name} not found`);
      // A table of the same name that is made later starts without the setting.
      const key = `time-to-live~${description.TableId}`;
      const current = database.store.db.getSync(key) as Specification | undefined;
      if (!specification) return { TimeToLiveDescription: describe(current) };
      if (specification.Enabled === (current?.Enabled ?? false))
        throw validationError(`TimeToLive is already ${specification.Enabled ? "enabled" : "disabled"}`);
      await database.commit([{ type: "put", key, value: specification }]);
      return { TimeToLiveSpecification: specification };
    },
  };
}

const describe = (specification: Specification | undefined): JsonObject =>
  specification?.Enabled
    ? { TimeToLiveStatus: "ENABLED", AttributeName: specification.AttributeName }
    : { TimeToLiveStatus: "DISABLED" };

function readSpecification(value: unknown): Specification {
  const { AttributeName, Enabled } = (value ?? {}) as Partial<Specification>;
  if (typeof AttributeName !== "string" || AttributeName === "" || typeof Enabled !== "boolean")
    throw validationError("TimeToLiveSpecification needs AttributeName and Enabled");
  return { AttributeName, Enabled };
}
