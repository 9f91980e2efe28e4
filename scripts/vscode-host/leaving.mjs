/**
 * What must be undone when a run ends, however it ends: done, failed, out of time or Ctrl+C.
 *
 * @typedef {(undo: () => unknown) => void} Defer
 */

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

const exitInterrupted = () => process.exit(130);

/**
 * Runs `work` and then everything it deferred, last first. On Ctrl+C (or SIGTERM, SIGHUP) what was deferred runs and
 * the process exits with 130.
 *
 * @template T
 * @param {(defer: Defer) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function leavingNothing(work) {
  /** @type {(() => unknown)[]} */
  const undos = [];
  const undoAll = async () => {
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
      try {
        await undo();
      } catch (error) {
        console.error('Clean-up:', error);
      }
    }
  };
  let leaving = false;
  const leave = () => {
    if (leaving) return;
    leaving = true;
    undoAll().then(exitInterrupted, exitInterrupted);
  };
  for (const signal of signals) process.on(signal, leave);
  try {
    return await work((undo) => undos.push(undo));
  } finally {
    // After Ctrl+C nothing goes on: `work` ended only because what it used was taken away.
    if (leaving) await new Promise(() => undefined);
    await undoAll();
    for (const signal of signals) process.off(signal, leave);
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} limit milliseconds
 * @param {string} what is waited for, for the message
 * @returns {Promise<T>}
 */
export async function within(promise, limit, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const outOfTime = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not done after ${limit / 1000} s.`)), limit);
  });
  try {
    return await Promise.race([promise, outOfTime]);
  } finally {
    clearTimeout(timer);
  }
}
