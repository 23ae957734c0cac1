/** Shapes of the DynamoDB JSON protocol that the operations share. */
import type { Authorization } from "../service.ts";

export type JsonObject = Record<string, unknown>;

/** One typed value on the wire: exactly one of the members is present. Numbers are decimal text, binary is base64. */
export interface AttributeValue {
  S?: string;
  N?: string;
  B?: string;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  BOOL?: boolean;
  NULL?: boolean;
  L?: AttributeValue[];
  M?: Item;
}

export type Item = { [attribute: string]: AttributeValue };

export interface TableDescription {
  TableName: string;
  TableId: string;
  TableStatus: string;
  /** The partition key first. */
  KeySchema: { AttributeName: string; KeyType: string }[];
  AttributeDefinitions: { AttributeName: string; AttributeType: "S" | "N" | "B" }[];
}

/** The key condition of one attribute, as dynalite carries it out, whichever way the request spelled it. */
export interface KeyCondition {
  ComparisonOperator: string;
  AttributeValueList?: AttributeValue[];
}

export interface LegacyCondition {
  Value?: AttributeValue;
  AttributeValueList?: AttributeValue[];
}

/**
 * A request that passed dynalite's validation. It is this very object that is judged and then carried out, so the two
 * can never understand a request differently. The members with an underscore are dynalite's parsed expressions.
 */
export interface ValidRequest {
  TableName: string;
  IndexName?: string;
  Key?: Item;
  Item?: Item;
  Select?: string;
  ReturnValues?: string;
  ReturnConsumedCapacity?: string;
  AttributesToGet?: string[];
  AttributeUpdates?: JsonObject;
  Expected?: Record<string, LegacyCondition>;
  QueryFilter?: Record<string, LegacyCondition>;
  ScanFilter?: Record<string, LegacyCondition>;
  KeyConditions?: Record<string, KeyCondition>;
  ExpressionAttributeValues?: Item;
  RequestItems?: Record<string, unknown>;
  _projection?: { paths: (string | number)[][] };
  _updates?: { paths: (string | number)[][] };
  _condition?: { pathHeads: Record<string, true> };
  _filter?: { pathHeads: Record<string, true> };
}

/** What a request asks of IAM, and how to carry it out once that is allowed. */
export interface Plan {
  authorizations: Authorization[];
  run(): Promise<JsonObject>;
}
