import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

/**
 * `value` for what costs more than a look at what is here already: while its text is being typed, as it was before, until nothing was typed
 * for `pause` milliseconds. All else in it changes at once, and so does a text that was cleared: what was typed before comes no more.
 */
export function useAfterTyping<Value>(value: Value, textOf: (value: Value) => string, pause: number): Value {
  const settled = useSignal(value);
  const text = textOf(value);
  const typing = text !== "" && text !== textOf(settled.value);
  // With what is drawn, and so before any timer: none may end for a value that is over.
  useLayoutEffect(() => {
    if (!typing) {
      settled.value = value;
      return;
    }
    const timer = setTimeout(() => {
      settled.value = value;
    }, pause);
    return () => clearTimeout(timer);
  }, [value, typing]);
  return typing ? settled.value : value;
}
