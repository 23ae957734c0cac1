/**
 * How an edited item is written so that no other editor's work is lost: only what the person changed is written, and only
 * while the item is as the person saw it. `rev` is the version attribute of items that Holdall writes.
 *
 *   new item              no item of this key may exist
 *   basis with a `rev`    `rev` and every attribute to be changed are still those of the basis
 *   basis without         every attribute of the basis is unchanged
 *
 * Attributes that somebody else added meanwhile are not seen by these conditions, as DynamoDB cannot count attributes; they
 * survive, since an update leaves alone what it does not name.
 */
import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { own, sameValue } from "./same-value.ts";

export const revisionName = "rev";

export interface WritePlan {
  /** Attributes to write, by name. */
  set: Attributes;
  /** Attributes to take away. */
  remove: string[];
  /** Attributes that have to be as they were. */
  unchanged: Attributes;
  /** Attributes that must not exist. */
  absent: string[];
  /** The attributes of the item once it is written. */
  result: Attributes;
}

/** The item that is written under a free key. One that had a `rev` (an undone deletion) counts on from it. */
export function newItem(attributes: Attributes): Attributes {
  const revision = revisionOf(attributes);
  if (revision === null && own(attributes, revisionName) !== undefined) return attributes;
  return { ...attributes, [revisionName]: { N: String((revision ?? 0) + 1) } };
}

/** @param basis what the editor started from  @param edited what the person made of it */
export function planUpdate(basis: Attributes, edited: Attributes): WritePlan {
  const revision = revisionOf(basis);
  const result = revisionAdded(basis, edited, revision);
  const set = pick(result, (name, value) => !sameValue(value, own(basis, name)));
  const remove = Object.keys(basis).filter((name) => own(result, name) === undefined);
  const touched = (name: string) => name === revisionName || own(set, name) !== undefined || remove.includes(name);
  return {
    set,
    remove,
    unchanged: revision === null ? basis : pick(basis, touched),
    absent: Object.keys(set).filter((name) => own(basis, name) === undefined),
    result,
  };
}

/**
 * Whether an item shows what the plan was to do; what the plan does not touch may be anything. A plan that changes nothing
 * leaves no trace to be known by.
 */
export function isApplied(plan: WritePlan, current: Attributes): boolean {
  if (Object.keys(plan.set).length + plan.remove.length === 0) return false;
  const isSet = Object.entries(plan.set).every(([name, value]) => sameValue(value, own(current, name)));
  return isSet && plan.remove.every((name) => own(current, name) === undefined);
}

/** The `rev` of an item when it is one that Holdall can count on: a whole number. */
function revisionOf(attributes: Attributes): number | null {
  const value = own(attributes, revisionName);
  if (value === undefined || !("N" in value)) return null;
  const number = Number(value.N);
  return Number.isSafeInteger(number) && number >= 0 && number < Number.MAX_SAFE_INTEGER ? number : null;
}

/** A `rev` that means something else to the person is theirs: it is neither counted nor replaced. */
function revisionAdded(basis: Attributes, edited: Attributes, revision: number | null): Attributes {
  if (revision !== null) return { ...edited, [revisionName]: { N: String(revision + 1) } };
  const taken = own(basis, revisionName) !== undefined || own(edited, revisionName) !== undefined;
  return taken ? edited : { ...edited, [revisionName]: { N: "1" } };
}

function pick(attributes: Attributes, wanted: (name: string, value: AttributeValue) => boolean): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name, value]) => wanted(name, value)));
}
