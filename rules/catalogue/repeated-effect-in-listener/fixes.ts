import { ts } from 'ts-morph';

import { insertion, replacement, startOf } from '../../fixes/changes.ts';
import { indentOf, styleOf } from '../../fixes/file-style.ts';
import { freeName } from '../../fixes/free-names.ts';
import { functionAround, visit } from '../../model/functions.ts';
import type { RepeatedEffect } from '../../model/repeated-effects.ts';
import type { Change, Fix } from '../rule.ts';

/** A variable that remembers that it is done: for a migrating listener that is written where it is registered. */
export function guardFixes({ listener, made, repetition }: RepeatedEffect): readonly Fix[] {
  if (repetition.by === 'interval' || !made.direct) return [];
  const { registration } = listener;
  const statement = statementOf(made.call);
  const fn = functionAround(made.call);
  if (statement === undefined || fn === undefined || fn.parent !== registration) return [];
  const outer = registration.parent;
  if (!ts.isExpressionStatement(outer) || !isList(outer.parent) || hasLongTemplate(statement)) return [];
  return [
    {
      id: 'guard',
      title: 'Do it only the first time',
      safe: false,
      changes: () => guardChanges(outer, statement),
    },
  ];
}

/** The statement that is this call, in a block. */
function statementOf(call: ts.CallExpression): ts.Statement | undefined {
  const { parent } = ts.isAwaitExpression(call.parent) ? call.parent : call;
  return ts.isExpressionStatement(parent) && ts.isBlock(parent.parent) ? parent : undefined;
}

/** A text over several lines, which must not be indented. */
function hasLongTemplate(statement: ts.Statement): boolean {
  let found = false;
  visit(statement, (node) => {
    found ||= (ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)) && node.getText().includes('\n');
  });
  return found;
}

function isList(node: ts.Node): boolean {
  return ts.isBlock(node) || ts.isSourceFile(node);
}

function guardChanges(registration: ts.Statement, statement: ts.Statement): readonly Change[] {
  const file = registration.getSourceFile();
  const { indent, lineEnd, semicolon } = styleOf(file);
  const done = freeName(file, ['isDone', 'isEffectDone']);
  const own = indentOf(statement);
  const inner = `${lineEnd}${own}${indent}`;
  const text = file.text.slice(startOf(statement), statement.end).split(/\r?\n/u).join(`${lineEnd}${indent}`);
  const guarded = `if (!${done}) {${inner}${done} = true${semicolon}${inner}${text}${lineEnd}${own}}`;
  const declaration = `let ${done} = false${semicolon}${lineEnd}${indentOf(registration)}`;
  return [
    insertion(file, startOf(registration), declaration),
    replacement(file, startOf(statement), statement.end, guarded),
  ];
}
