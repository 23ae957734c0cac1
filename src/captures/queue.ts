/** At most so many at a time; the others wait in their order. */
export interface Queue {
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createQueue(most: number): Queue {
  let running = 0;
  const waiting: (() => void)[] = [];

  return {
    async run(signal, work) {
      if (running >= most) {
        await new Promise<void>((resolve, reject) => {
          const go = () => {
            signal.removeEventListener("abort", leave);
            resolve();
          };
          const leave = () => {
            waiting.splice(waiting.indexOf(go), 1);
            reject(signal.reason);
          };
          signal.addEventListener("abort", leave, { once: true });
          waiting.push(go);
        });
      } else running += 1;
      try {
        return await work();
      } finally {
        // The place is handed on, or given back.
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
