import { ts } from 'ts-morph';

import { insertion, replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { Fix } from '../../fixes/changes.ts';
import { Waiting } from '../../fixes/waiting.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { functionAround, isAsync } from '../../syntax/functions.ts';

/** `Actor.exit()` in its place, where the file knows the name; of the SDK 0 to 2 there is none. */
export function actorExitFixes(actor: ActorModel, call: ts.CallExpression): readonly Fix[] {
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
  const text = isZero ? 'Actor.exit()' : `Actor.exit({ exitCode: ${textOf(code)} })`;
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
