/** Resolves when the pictures in view are there and two frames have been drawn, or after `patience` milliseconds. */
export async function settle(patience: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  // A tab out of view draws no frames.
  await Promise.race([late, drawn()]);
  clearTimeout(timer);
}

async function drawn(): Promise<void> {
  await Promise.allSettled(
    [...document.images].filter((image) => !image.complete && isInView(image)).map((image) => image.decode()),
  );
  // What is asked for in one frame is on the screen after the next.
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

function isInView(element: Element): boolean {
  const { top, bottom, width, height } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight && (width > 0 || height > 0);
}
