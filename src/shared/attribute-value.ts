/**
 * DynamoDB JSON, as it goes over the wire: numbers are strings, binary is base64. This form is the truth in memory, in
 * messages and in the editor, so that 38-digit numbers, sets and binary come back exactly as they went.
 */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] }
  | { L: AttributeValue[] }
  | { M: Attributes };

export interface Attributes {
  [name: string]: AttributeValue;
}
