/**
 * dynalite, taken apart: its validations, its expression parsers and its operations are called in this process, on one
 * parsed request, without its HTTP server. (dynalite ships no types; what is used of it is described here.)
 */
import { createRequire } from "node:module";
import type { AttributeValue, Item, JsonObject, TableDescription, ValidRequest } from "./types.ts";

const require = createRequire(import.meta.url);

export type Callback<T> = (error: unknown, value?: T) => void;

/** One LevelDB key range of dynalite's store: a table's items, or the entries of one index. */
export interface KeyRange {
  lock(key: string, run: (release: <F>(callback: F) => F) => void): void;
  get(key: string, callback: Callback<unknown>): void;
  put(key: string, value: unknown, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  createValueStream(options: RangeOptions): NodeJS.EventEmitter;
}

export interface RangeOptions {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  limit?: number;
  reverse?: boolean;
}

export type LevelOperation = { type: "put"; key: string; value: unknown } | { type: "del"; key: string };

/** The part of abstract-level that is used directly. Values are JSON. */
export interface LevelDatabase {
  open(): Promise<void>;
  getSync(key: string): unknown;
  /** Atomic: after a crash either all of it is there or nothing. */
  batch(operations: LevelOperation[]): Promise<void>;
  values(options: RangeOptions): { nextv(size: number): Promise<unknown[]>; close(): Promise<void> };
  iterator(options: RangeOptions): AsyncIterable<[string, unknown]>;
  close(): Promise<void>;
}

export interface DynaliteStore {
  options: { maxItemSize: number };
  db: LevelDatabase;
  tableDb: { awsAccountId: string; awsRegion: string };
  getTable(
    name: string,
    checkStatus: boolean | Callback<TableDescription>,
    callback?: Callback<TableDescription>,
  ): void;
  getItemDb(table: string): KeyRange;
  getIndexDb(kind: string, table: string, index: string): KeyRange;
}

interface StoreModule {
  create(options: { path: string; createTableMs: number; deleteTableMs: number; updateTableMs: number }): DynaliteStore;
  createKey(item: Item, table: TableDescription): string;
  checkConditional(request: ValidRequest, item: Item | undefined): Error | null | undefined;
}

interface ValidationModule {
  checkTypes(input: JsonObject, types: JsonObject): ValidRequest;
  checkValidations(request: ValidRequest, types: JsonObject, custom: unknown, store: DynaliteStore): void;
  validateAttributeValue(value: AttributeValue): string | undefined;
}

export type DynaliteAction = (store: DynaliteStore, request: ValidRequest, callback: Callback<JsonObject>) => void;

export const dynaliteStore: StoreModule = require("dynalite/db");
const validations: ValidationModule = require("dynalite/validations");

const fileOf = (operation: string) => `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;

/** dynalite's implementation of an operation, for example of `PutItem`. */
export const dynaliteAction = (operation: string): DynaliteAction => require(`dynalite/actions/${fileOf(operation)}`);

/** What is wrong with a value, or undefined. Also writes its numbers in their normal form. */
export const dynaliteValueProblem = (value: AttributeValue) => validations.validateAttributeValue(value);

/**
 * Checks the types, limits and expressions of a request as DynamoDB does.
 * Throws dynalite's own error for what DynamoDB would refuse.
 */
export function dynaliteValidate(operation: string, input: JsonObject, store: DynaliteStore): ValidRequest {
  const { types, custom } = require(`dynalite/validations/${fileOf(operation)}`) as {
    types: JsonObject;
    custom: unknown;
  };
  const request = validations.checkTypes(input, types);
  validations.checkValidations(request, types, custom, store);
  return request;
}
