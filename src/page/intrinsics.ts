/**
 * What the page script uses of its world, taken when it starts. A page may replace any of it later; then it changes its own
 * requests at most, never ours. (What runs in a page has that page's rights whatever we do: this keeps a careless library from
 * breaking the provider, it is no wall.)
 */
type Getter<T, V> = (self: T) => V;

const { apply } = Reflect;
const { defineProperty, getOwnPropertyDescriptor } = Object;

function method<T, A extends unknown[], R>(of: (this: T, ...input: A) => R): (self: T, ...input: A) => R {
  return (self, ...input) => apply(of, self, input) as R;
}

function getter<T extends object, K extends keyof T>(prototype: T, name: K): Getter<T, T[K]> {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  return (self) => (get === undefined ? self[name] : (apply(get, self, []) as T[K]));
}

/** Sets own properties, past setters that the page may have put into `Object.prototype`. */
export function setOwn<T extends object>(target: T, values: Record<string, unknown>): T {
  for (const name in values) defineProperty(target, name, { value: values[name], enumerable: true });
  return target;
}

export const { freeze } = Object;
export const { isView } = ArrayBuffer;
export const NativeArrayBuffer = ArrayBuffer;
export const later = queueMicrotask;
export const NativeMessageChannel = MessageChannel;
export const NativePromise = Promise;
export const NativeError = Error;
export const NativeBlob = Blob;
export const NativeResponse = Response;
export const NativeReadableStream = ReadableStream;
export const NativeUint8Array = Uint8Array;
export const NativeCustomEvent = CustomEvent;

export const here = window;
const listening = method(EventTarget.prototype.addEventListener);
const unlistening = method(EventTarget.prototype.removeEventListener);
export const dispatch = method(EventTarget.prototype.dispatchEvent);
export const listen = (on: EventTarget, name: string, listener: (event: Event) => void) =>
  listening(on, name, listener);
export const unlisten = (on: EventTarget, name: string, listener: (event: Event) => void) =>
  unlistening(on, name, listener);

export const postToWindow = method(
  window.postMessage as (message: unknown, to: string, transfer: Transferable[]) => void,
);
export const postToPort = method(MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => void);
export const startPort = method(MessagePort.prototype.start);
export const closePort = method(MessagePort.prototype.close);
export const port1Of = getter(MessageChannel.prototype, "port1");
export const port2Of = getter(MessageChannel.prototype, "port2");
export const dataOf = getter(MessageEvent.prototype, "data");
export const isAborted = getter(AbortSignal.prototype, "aborted");
export const reasonOf = getter(AbortSignal.prototype, "reason");
export const arrayBufferOf = method(Blob.prototype.arrayBuffer);
export const blobOf = method(Response.prototype.blob);
export const textOf = method(Blob.prototype.text);
export const readerOf = method(
  ReadableStream.prototype.getReader as <T>(this: ReadableStream<T>) => ReadableStreamDefaultReader<T>,
);
export const readFrom = method(ReadableStreamDefaultReader.prototype.read);
export const cancelReader = method(ReadableStreamDefaultReader.prototype.cancel);
export const enqueue = method(ReadableStreamDefaultController.prototype.enqueue);
export const close = method(ReadableStreamDefaultController.prototype.close);

export const addTo = method(Set.prototype.add);
export const takeFrom = method(Set.prototype.delete);
export const each = method(Set.prototype.forEach);
