import { ts } from 'ts-morph';

import { insertion, startOf } from '../../fixes/changes.ts';
import { styleOf } from '../../fixes/file-style.ts';
import { freeKey } from '../../fixes/free-names.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { callWords } from '../../syntax/call-words.ts';
import { isConst } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { bare } from '../../syntax/operands.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** The first value of a state, given where the key of its record belongs. */
export const useStateKey: Rule = {
  id: 'use-state-key',
  group: 'misuse',
  summary: 'A useState or getAutoSavedValue that is given its first value in the place of the key.',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor) =>
    actor.files
      .filter((file) => !isTestFile(file.fileName, actor.folder.root))
      .flatMap((file) => indexOf(file).calls.filter(ts.isCallExpression))
      .flatMap((call) => reportsOf(actor, call)),
};

function reportsOf(actor: ActorModel, call: ts.CallExpression): readonly Report[] {
  const [first] = call.arguments;
  if (first === undefined || !takesKeyFirst(actor.code, call) || !isObject(actor.code, first)) return [];
  return [
    {
      node: first,
      severity: 'error',
      message: `The first argument of ${callWords(call)} is the key of the record, and an object is none: the call throws`,
      related: [],
      fixes: call.arguments.length === 1 ? [keyFix(actor, first)] : [],
    },
  ];
}

/** Not so with the `useState` of a crawler and of a handler's context, which take nothing but the first value. */
function takesKeyFirst(code: Code, call: ts.CallExpression): boolean {
  const roles = code.rolesOf(call);
  return (
    roles.length > 0 &&
    roles.every((role) => role.kind === 'state' && role.key?.index === 0 && role.key.property === undefined)
  );
}

/** Whether an argument is surely an object or an array: written there, or the value of a constant. */
function isObject(code: Code, argument: ts.Expression): boolean {
  const value = bare(argument);
  if (ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value)) return true;
  const declaration = ts.isIdentifier(value) ? code.symbolOf(value)?.valueDeclaration : undefined;
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined &&
    isConst(declaration) &&
    isObject(code, declaration.initializer)
  );
}

/** Which name the record has is the author's to choose, so the fix waits to be asked for. */
function keyFix(actor: ActorModel, first: ts.Expression): Fix {
  const file = first.getSourceFile();
  const { quote } = styleOf(file);
  return {
    id: 'insert-key',
    title: 'Insert a key before the first value',
    safe: false,
    changes: () => [insertion(file, startOf(first), `${quote}${freeKey(actor)}${quote}, `)],
  };
}
