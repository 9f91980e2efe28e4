import type { MigrateOptions, RunningOptions, SweepOptions } from './options.ts';

const RUNNING: Readonly<Record<keyof RunningOptions, true>> = {
  command: true,
  cwd: true,
  by: true,
  grace: true,
  latency: true,
  jitter: true,
  failWrites: true,
  webSocket: true,
  seed: true,
  strict: true,
  keepLocks: true,
  isolated: true,
  env: true,
  signal: true,
  onOutput: true,
};
const MIGRATE: Readonly<Record<keyof MigrateOptions, true>> = { ...RUNNING, at: true, compare: true, storage: true };
const SWEEP: Readonly<Record<keyof SweepOptions, true>> = { ...RUNNING, points: true, shard: true };

const KNOWN = { migrate: MIGRATE, sweep: SWEEP } as const;

/**
 * A program in JavaScript sees no types: what it spells otherwise would count as left out, and the run would show something else
 * than was meant.
 *
 * @throws {TypeError} with a sentence for the first option that there is not
 */
export function refuseUnknown(name: keyof typeof KNOWN, options: object): void {
  const known = Object.keys(KNOWN[name]);
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown === undefined) return;
  const all = known.map((option) => `\`${option}\``).join(', ');
  throw new TypeError(`\`${name}\` has no option \`${unknown}\`: it takes ${all}.`);
}
