import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isFunctionNode, isWithin, unitOf } from '../../syntax/functions.ts';
import { mayBeMigrationListener } from '../../actor/listeners/listeners.ts';
import { savesBeforeMigration } from '../../actor/effects/persistence.ts';
import type { Save } from '../../actor/effects/persistence.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Report, Rule } from '../rule.ts';
import { persistStateFixes } from './fixes.ts';

/** A timer of the Actor's own that saves what the SDK's `persistState` is there for. */
export const intervalAsPersistence: Rule = {
  id: 'interval-as-persistence',
  group: 'listeners',
  summary: 'A timer saves the state, and nothing saves it when a migration comes.',
  defaultSeverity: 'information',
  needsEntryPoint: true,
  check: (actor) =>
    actor.files
      .filter(({ fileName }) => !isTestFile(fileName, actor.folder.root))
      .flatMap((file) => indexOf(file).calls)
      .filter(ts.isCallExpression)
      .filter(({ expression }) => ts.isIdentifier(expression) && expression.text === 'setInterval')
      .flatMap((timer) => reportsOf(actor, timer)),
};

function reportsOf(actor: ActorModel, timer: ts.CallExpression): readonly Report[] {
  const save = savesOf(actor, timer).find(({ key }) => key !== undefined && isRestored(actor, key));
  if (save === undefined || isSavedBeforeMigration(actor, save)) return [];
  return [
    {
      node: timer,
      until: timer.expression,
      severity: 'information',
      message: `this timer saves \`${save.key ?? ''}\`, and nothing saves it when a migration comes: what changed since the last tick is lost`,
      related: [{ node: save.call, message: 'the save' }],
      fixes: persistStateFixes(actor, timer, save),
    },
  ];
}

/** The records that a timer's callback writes, itself or through the functions that it calls. */
function savesOf({ code, reach, persistence }: ActorModel, timer: ts.CallExpression): readonly Save[] {
  const [callback] = timer.arguments;
  const functions = callback === undefined ? [] : code.functionsOf(callback).filter(isFunctionNode);
  const units = new Set([...functions, ...reach.from(functions)]);
  return persistence.saves.filter(
    ({ store, call }) =>
      store === 'key-value-store' && (units.has(unitOf(call)) || functions.some((fn) => isWithin(call, fn))),
  );
}

/** What is read again is a state; what is only written is a report, or a sign of life. */
function isRestored({ persistence }: ActorModel, key: string): boolean {
  return persistence.restores.some((restore) => restore.store === 'key-value-store' && restore.key === key);
}

/** A listener writes the record too, or one whose key or function is not known: then it may. */
function isSavedBeforeMigration({ persistence }: ActorModel, save: Save): boolean {
  const listeners = persistence.listeners.filter(mayBeMigrationListener);
  return (
    listeners.some(({ functions }) => functions.length === 0) ||
    persistence.saves.some(
      (other) =>
        savesBeforeMigration(other, persistence) &&
        (other === save || other.key === save.key || other.key === undefined),
    )
  );
}
