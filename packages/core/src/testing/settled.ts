/** Resolves when `value` did not change over many turns of the event loop. */
export async function settled(value: () => number): Promise<void> {
  let last = value();
  for (let turn = 0; turn < 500; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (value() === last) continue;
    last = value();
    turn = 0;
  }
}
