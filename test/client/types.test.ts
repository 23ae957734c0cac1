/** The client's types say what the background's schema checks, and its codes are the background's. `npm run typecheck` is the test. */

import type * as v from "valibot";
import { expect, expectTypeOf, test } from "vitest";
import type { Body, ErrorCode, Events, Methods } from "../../client/src/types.ts";
import type { SiteEvent } from "../../src/messaging/site-channel.ts";
import { type SiteMethod, type SiteMethods, siteMethods } from "../../src/messaging/site-methods.ts";
import type { SiteErrorCode } from "../../src/shared/site/site-error.ts";

type Asked<M extends SiteMethod> = v.InferInput<SiteMethods[M]["params"]>;
type Said<M extends keyof Methods> = Methods[M][0];
/** Values as the schema has them: it leaves kinds to the one who writes them. */
type Loose<T> = T extends (infer E)[]
  ? Loose<E>[]
  : T extends Blob
    ? T
    : T extends object
      ? { [K in keyof T]: K extends "value" | "set" ? Record<string, unknown> : Loose<T[K]> }
      : T;
/** Required, and without undefined: what is optional is compared by name. */
type Whole<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };
type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

test("every method has the parameters of its schema", () => {
  expectTypeOf<keyof Methods>().toEqualTypeOf<SiteMethod>();
  type Same = {
    [M in Exclude<SiteMethod, "files.put" | "permissions" | "items.batch">]: [Loose<Whole<Said<M>>>, Optional<Said<M>>];
  };
  type Schema = {
    [M in Exclude<SiteMethod, "files.put" | "permissions" | "items.batch">]: [
      Loose<Whole<NonNullable<Asked<M>>>>,
      Optional<NonNullable<Asked<M>>>,
    ];
  };
  expectTypeOf<Same>().toEqualTypeOf<Schema>();
});

test("what the page script makes of a body is what the schema takes", () => {
  expectTypeOf<Omit<Whole<Said<"files.put">>, "body">>().toEqualTypeOf<Omit<Whole<Asked<"files.put">>, "body">>();
  expectTypeOf<Asked<"files.put">["body"]>().toExtend<Body>();
});

test("operations of a batch are those of the schema", () => {
  type Operation<T> = T extends { operations: (infer O)[] } ? O : never;
  type Names<T> = T extends object ? keyof T : never;
  expectTypeOf<Names<Operation<Said<"items.batch">>>>().toEqualTypeOf<Names<Operation<Asked<"items.batch">>>>();
  expectTypeOf<Said<"items.batch">>().toExtend<Loose<Asked<"items.batch">>>();
});

test("codes and events are the background's", () => {
  expectTypeOf<ErrorCode>().toEqualTypeOf<SiteErrorCode>();
  expectTypeOf<Events[keyof Events]>().toEqualTypeOf<SiteEvent>();
  expect(Object.keys(siteMethods)).toHaveLength(13);
});
