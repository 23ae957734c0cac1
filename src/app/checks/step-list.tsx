import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { CheckRun, CheckStep } from "../../messaging/checks-view.ts";
import { StepRow } from "./step-row.tsx";
import { type CheckWords, skippedBecause } from "./step-words.ts";

interface StepListProps {
  run: CheckRun;
  words: CheckWords;
  /** What is shown of a failed step: cause and changes. */
  failure: (step: CheckStep) => ComponentChildren;
  /** All that `failure` shows is known: it grows no more. */
  settled: boolean;
}

/** Every step of a run in its group, live. */
export function StepList({ run, words, failure, settled }: StepListProps) {
  const steps = new Map(run.steps.map((step) => [step.id, step]));
  const names = new Map(words.groups.flatMap((group) => group.steps));
  const first = run.steps.find(({ state }) => state === "failed");
  const list = useRef<HTMLDivElement>(null);
  // Once it is known which failure comes first: before, the list would run away under the reader.
  const failed = run.endedAt === null ? null : (first?.id ?? null);
  useEffect(() => {
    if (failed !== null) list.current?.querySelector("details[open]")?.scrollIntoView({ block: "nearest" });
  }, [failed, run.startedAt, settled]);
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <div ref={list} class="step-groups">
      {words.groups.map((group) => (
        <section key={group.title} class="step-group">
          <h2>{group.title}</h2>
          <ul>
            {group.steps.map(([id, name]) => {
              const step = steps.get(id);
              if (step === undefined) return null;
              return (
                <StepRow
                  // A row that becomes the first failure opens, whatever it was before.
                  key={`${run.startedAt} ${id} ${step === first}`}
                  name={name}
                  step={step}
                  open={step === first}
                  note={noteOf(step, words, nameOf)}
                  words={words}
                  failure={step.state === "failed" && failure(step)}
                />
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}

function noteOf(step: CheckStep, { unproven }: CheckWords, nameOf: (id: string) => string): string | null {
  if (step.state === "skipped") return skippedBecause(step.facts.because, nameOf);
  return step.state === "unproven" ? unproven(step.id) : null;
}
