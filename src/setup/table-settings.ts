import type { SetupSettings } from "./settings.ts";

/** `CreateTable`'s shape, with point-in-time recovery beside it as CloudFormation has it. */
export interface TableSettings {
  TableName: string;
  region: string;
  BillingMode: "PAY_PER_REQUEST";
  AttributeDefinitions: { AttributeName: string; AttributeType: "S" }[];
  KeySchema: [{ AttributeName: string; KeyType: "HASH" }, { AttributeName: string; KeyType: "RANGE" }];
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true };
  DeletionProtectionEnabled: true;
  /** Items outlive the stack that made their table. */
  deletionPolicy: "Retain";
}

/** The table: on demand, point-in-time recovery, two string keys. */
export function tableSettings(settings: SetupSettings): TableSettings {
  const { partitionKey, sortKey } = settings.options;
  return {
    TableName: settings.table,
    region: settings.region,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    KeySchema: [
      { AttributeName: partitionKey, KeyType: "HASH" },
      { AttributeName: sortKey, KeyType: "RANGE" },
    ],
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
    deletionPolicy: "Retain",
  };
}
