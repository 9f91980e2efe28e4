import { ts } from 'ts-morph';

import { insertion, replacement, startOf } from '../../fixes/changes.ts';
import { Waiting } from '../../fixes/waiting.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { functionAround, isAsync } from '../../syntax/functions.ts';
import { hardExitsOf } from '../../actor/effects/hard-exits.ts';
import type { HardExit } from '../../actor/effects/hard-exits.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** `process.exit()` while requests are being handled, or where a state is still to be saved. */
export const hardExit: Rule = {
  id: 'hard-exit',
  group: 'saves',
  summary: 'process.exit() cuts what other requests are writing, or the last save of a state.',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor) => hardExitsOf(actor).map((exit) => reportOf(actor, exit)),
};

function reportOf(actor: ActorModel, exit: HardExit): Report {
  const { call } = exit;
  const shared = { node: call, until: call.expression, fixes: actorExitFixes(actor, call) };
  return exit.cuts === 'requests'
    ? {
        ...shared,
        severity: 'error',
        message:
          'process.exit() ends the process while other requests of this crawler are being handled: what they are writing is cut, and the SDK saves nothing more',
        related: [{ node: exit.crawler, message: 'this crawler runs it for a request' }],
      }
    : {
        ...shared,
        severity: 'error',
        message:
          'process.exit() ends the process before the SDK has saved this state: it does so each minute and in Actor.exit(), so the last changes are lost',
        related: [{ node: exit.state, message: 'the state' }],
      };
}

/** `Actor.exit()` in its place, where the file knows the name; of the SDK 0 to 2 there is none. */
function actorExitFixes(actor: ActorModel, call: ts.CallExpression): readonly Fix[] {
  const file = call.getSourceFile();
  if ((actor.folder.sdk?.generation ?? 0) < 3 || !importsActor(file)) return [];
  const changes = exitChanges(actor, call);
  if (changes === undefined) return [];
  return [{ id: 'actor-exit', title: 'End with Actor.exit(), which saves first', safe: false, changes: () => changes }];
}

function exitChanges(actor: ActorModel, call: ts.CallExpression): ReturnType<Fix['changes']> | undefined {
  if (!ts.isExpressionStatement(call.parent)) return undefined;
  const file = call.getSourceFile();
  const [code] = call.arguments;
  const isZero = code === undefined || (ts.isNumericLiteral(code) && code.text === '0');
  const text = isZero ? 'Actor.exit()' : `Actor.exit({ exitCode: ${code.getText(file)} })`;
  const end = replacement(file, startOf(call), call.end, text);
  const around = functionAround(call);
  if (around !== undefined && isAsync(around)) return [insertion(file, startOf(call), 'await '), end];
  const waiting = new Waiting(actor);
  return waiting.awaitAt(call) ? [...waiting.changes, end] : undefined;
}

function importsActor(file: ts.SourceFile): boolean {
  return (indexOf(file).identifiers.get('Actor') ?? []).some(
    ({ parent }) => ts.isImportSpecifier(parent) || ts.isBindingElement(parent),
  );
}
