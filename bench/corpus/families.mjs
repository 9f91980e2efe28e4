/**
 * The families in which labels and rules meet: a label names the mistake in its own words, and a rule finds it when
 * both are of one family. Where a family of ours has no counterpart among the labels, its rules stand where a label of
 * the same consequence would.
 */

/** @typedef {'state' | 'restore' | 'unawaited' | 'exit' | 'other'} Family */

/** @type {readonly Family[]} */
export const FAMILIES = ['state', 'restore', 'unawaited', 'exit', 'other'];

/** The names that the labels use. @type {Readonly<Record<Family, readonly string[]>>} */
const LABELS = {
  state: [
    'missing-migrating-handler',
    'partial-persist',
    'ineffective-handler',
    'stale-checkpoint',
    'progress-in-one-request',
    'crash-unsafe',
    'handler-skips-save',
    'memory-storage',
    'disk-state',
    'large-state',
    'interval-as-persistence',
    'slow-handler',
  ],
  restore: [
    'missing-restore',
    'broken-restore',
    'partial-restore',
    'key-mismatch',
    'key-collision',
    'non-serialisable',
    'unawaited-use-state',
    'cross-run-default-store',
    'restore-falsy-check',
    'shared-queue-after-restart',
  ],
  unawaited: [
    'unawaited-write',
    'unawaited-lifecycle',
    'floating-background-work',
    'mark-before-write',
    'swallowed-write-error',
  ],
  exit: ['process-exit', 'exit-in-handler', 'exit-in-finally'],
  other: ['duplicate-after-restart'],
};

/** The ids of the rules. @type {Readonly<Record<Family, readonly string[]>>} */
const RULES = {
  state: [
    'missing-migrating-handler',
    'unpersisted-state',
    'missing-init',
    'state-on-local-disk',
    'memory-only-storage',
    'listener-before-init',
    'late-listener',
    'ineffective-listener',
    'slow-listener',
    'throwing-listener',
    'interval-as-persistence',
  ],
  restore: [
    'missing-restore',
    'broken-restore',
    'key-mismatch',
    'state-key-collision',
    'unserializable-state',
    'detached-use-state',
    'unawaited-use-state',
    'overwritten-on-start',
    'stale-state-read',
    'cross-run-default-store',
    'shared-queue-after-restart',
    'use-state-key',
    'state-before-init',
  ],
  unawaited: ['unawaited-write', 'unawaited-exit', 'mark-before-write', 'swallowed-save-error'],
  exit: ['hard-exit', 'exit-in-listener', 'exit-in-finally', 'obsolete-abort-workaround'],
  other: ['repeated-effect-in-listener', 'unused-suppression'],
};

/**
 * @param {Readonly<Record<Family, readonly string[]>>} names
 * @param {string} name
 * @returns {Family | undefined}
 */
const familyIn = (names, name) => FAMILIES.find((family) => names[family].includes(name));

/** The family of a label's mistake; `undefined` for a name that the table does not hold. @param {string} name */
export const familyOfLabel = (name) => familyIn(LABELS, name);

/** The family of a rule; `undefined` for an id that the table does not hold. @param {string} ruleId */
export const familyOfRule = (ruleId) => familyIn(RULES, ruleId);
