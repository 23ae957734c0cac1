import type { ComponentChildren } from "preact";
import type { CheckStep } from "../../messaging/checks-view.ts";
import { Fact } from "../../ui/fact.tsx";
import { Icon } from "../../ui/icon.tsx";
import { StateIcon } from "./state-icon.tsx";
import { type CheckWords, stateWord } from "./step-words.ts";

interface StepRowProps {
  name: string;
  step: CheckStep;
  words: CheckWords;
  /** A sentence about a step that is neither green nor red. */
  note: string | null;
  /** Of a failed step: cause and changes. */
  failure: ComponentChildren;
  /** Opened without being asked: the first failure. */
  open: boolean;
}

/** One step: its state by shape and word, how long it took, and what was found one click away. */
export function StepRow({ name, step, words, note, failure, open }: StepRowProps) {
  const { state, ms, facts } = step;
  const found = Object.entries(facts).filter(([fact]) => fact !== "because");
  const line = (
    <>
      <StateIcon state={state} />
      <span class="step-name">
        {name}
        {note !== null && <span class="step-note"> {note}</span>}
      </span>
      <span class={`step-state ${state}`}>{stateWord(step, words)}</span>
      <span class="step-ms mono">{ms === null ? "" : `${ms} ms`}</span>
    </>
  );
  if (found.length === 0 && !failure) return <li class={`step ${state}`}>{line}</li>;
  return (
    <li class={`step ${state}`}>
      <details open={open}>
        <summary>
          {line}
          <Icon name="chevron-right" />
        </summary>
        <div class="step-found">
          {failure}
          {found.length > 0 && (
            <dl class="facts">
              {found.map(([fact, value]) => (
                <Fact key={fact} label={words.fact(fact)} mono>
                  <bdi>{value}</bdi>
                </Fact>
              ))}
            </dl>
          )}
        </div>
      </details>
    </li>
  );
}
