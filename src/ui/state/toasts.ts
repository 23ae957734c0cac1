import { signal } from "@preact/signals";
import type { WireError } from "../../shared/result.ts";
import { currentOwner } from "./owner.ts";

export interface Toast {
  id: number;
  text: string;
  /** Undo, in most cases. The toast goes when it is taken. */
  action: { label: string; run: () => void } | null;
  /** Shown behind "Details"; such a toast stays until it is dismissed. */
  error: WireError | null;
}

export const toasts = signal<Toast[]>([]);

let lastId = 0;

// An Undo is of one person.
currentOwner.subscribe(() => {
  toasts.value = [];
});

/** Says something that needs no answer. More than three at once would hide the page: the oldest goes. */
export function showToast(text: string, options: Partial<Pick<Toast, "action" | "error">> = {}): void {
  lastId += 1;
  toasts.value = [...toasts.value.slice(-2), { id: lastId, text, action: null, error: null, ...options }];
}

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
