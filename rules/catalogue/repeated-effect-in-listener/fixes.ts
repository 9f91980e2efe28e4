import { ts } from 'ts-morph';

import { insertion, replacement, startOf } from '../../fixes/changes.ts';
import { indentOf, styleOf } from '../../fixes/file-style.ts';
import { freeName } from '../../fixes/free-names.ts';
import { functionAround } from '../../syntax/functions.ts';
import type { RepeatedEffect } from '../../actor/listeners/repeated-effects.ts';
import type { Change, Fix } from '../../fixes/changes.ts';

/**
 * A variable that keeps the promise of the first call, for a migrating listener that is written where it is registered. Each
 * call waits for it: a flag would let the second call return while the first is still pushing, and the reboot that follows
 * would cut the push off (the project's SDK facts, section 1.3).
 */
export function onceFixes({ listener, made, store, repetition }: RepeatedEffect): readonly Fix[] {
  if (repetition.by === 'interval' || !made.direct) return [];
  const { registration } = listener;
  const statement = awaitedStatement(made.call);
  const fn = functionAround(made.call);
  if (statement === undefined || fn === undefined || fn.parent !== registration) return [];
  const outer = registration.parent;
  if (!ts.isExpressionStatement(outer) || !isList(outer.parent)) return [];
  const names: Names = store === 'charge' ? ['charged', 'chargedOnce'] : ['pushed', 'pushedOnce'];
  return [
    {
      id: 'once',
      title: 'Do it only the first time',
      safe: false,
      changes: () => onceChanges(outer, statement, names),
    },
  ];
}

/** The names for the variable, the best one first. */
type Names = Parameters<typeof freeName>[1];

/** The statement that awaits this call, in a block. */
function awaitedStatement({ parent }: ts.CallExpression): ts.Statement | undefined {
  if (!ts.isAwaitExpression(parent)) return undefined;
  const statement = parent.parent;
  return ts.isExpressionStatement(statement) && ts.isBlock(statement.parent) ? statement : undefined;
}

function isList(node: ts.Node): boolean {
  return ts.isBlock(node) || ts.isSourceFile(node);
}

function onceChanges(registration: ts.Statement, statement: ts.Statement, names: Names): readonly Change[] {
  const file = registration.getSourceFile();
  const { lineEnd, semicolon, isTypeScript } = styleOf(file);
  const promise = freeName(file, names);
  const type = isTypeScript ? ': Promise<unknown> | undefined' : '';
  return [
    insertion(file, startOf(registration), `let ${promise}${type}${semicolon}${lineEnd}${indentOf(registration)}`),
    replacement(file, startOf(statement), startOf(statement) + 'await'.length, `${promise} ??=`),
    insertion(file, statement.end, `${lineEnd}${indentOf(statement)}await ${promise}${semicolon}`),
  ];
}
