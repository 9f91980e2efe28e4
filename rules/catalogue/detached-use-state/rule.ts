import type { Detached } from '../../actor/records/detached-states.ts';
import { detachedStatesOf } from '../../actor/records/detached-states.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';

/** A variable that stood for the object that the SDK saves, and now holds something else. */
export const detachedUseState: Rule = {
  id: 'detached-use-state',
  group: 'losses',
  summary: 'The useState object is replaced, copied or taken apart, so that changes do not reach what the SDK saves.',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor) =>
    detachedStatesOf(actor)
      .filter(({ at }) => !isTestFile(at.getSourceFile().fileName, actor.folder.root))
      .map((detached) => ({ ...reportOf(detached), fixes: fixesOf(actor, detached) })),
};

function reportOf(detached: Detached): Omit<Report, 'fixes'> {
  const { at, name, state } = detached;
  const given = { node: state.call.expression, message: 'the SDK saves the object that this gives' };
  switch (detached.form) {
    case 'replaced':
      return {
        node: at,
        severity: 'error',
        message: `\`${name}\` gets another value here, but the SDK goes on saving the one that it gave: what is new is lost in a migration`,
        related: [given],
      };
    case 'stepped':
      return {
        node: at,
        severity: 'error',
        message: `\`${name}\` holds no object, and so the SDK saves its first value only: this change is lost in a migration`,
        related: [given],
      };
    case 'copied':
      return {
        node: at,
        severity: 'error',
        message: `\`${name}\` is a copy of what the SDK saves: what is changed in it is lost in a migration`,
        related: [given, { node: detached.change, message: 'it is changed here' }],
      };
    case 'taken out':
      return {
        node: at,
        severity: 'error',
        message: `\`${name}\` is taken out of what the SDK saves and then replaced: its new value is lost in a migration`,
        related: [given, { node: detached.change, message: 'it is replaced here' }],
      };
  }
}
