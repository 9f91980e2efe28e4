import { ts } from 'ts-morph';

import { startAndEndChanges } from './start-and-end.ts';
import { isAssignment } from '../../syntax/assignments.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf, isModuleLoad } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { startsOfSdk } from '../../actor/effects/init-order.ts';
import { isOfActorClass } from '../../actor/effects/sdk-members.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** A program of the SDK 3 that never starts it. */
export const missingInit: Rule = {
  id: 'missing-init',
  group: 'losses',
  summary: 'Nothing starts the SDK, so on the platform no call of it reaches the storages.',
  defaultSeverity: 'error',
  needsEntryPoint: true,
  check: (actor) => {
    const { sdk } = actor.folder;
    if (sdk?.package !== 'apify' || sdk.generation !== 3) return [];
    if (startsOfSdk(actor).length > 0 || mayBeStartedElsewhere(actor) || !actor.files.some(runsByItself)) return [];
    return reportsOf(actor);
  },
};

/** One report an Actor, at its first call that needs the SDK. */
function reportsOf(actor: ActorModel): readonly Report[] {
  const first = actor.files
    .filter(({ fileName }) => !isTestFile(fileName, actor.folder.root))
    .flatMap((file) => indexOf(file).calls)
    .find((call) => needsStart(actor, call));
  if (first === undefined) return [];
  return [
    {
      node: first,
      until: first.expression,
      severity: 'error',
      message:
        'nothing starts the SDK with Actor.init(): on the platform this stays in the container, and is gone with it',
      related: [],
      fixes: fixesOf(actor, first),
    },
  ];
}

function needsStart({ code }: ActorModel, call: Call): boolean {
  return (
    isOfActorClass(code, call) &&
    code
      .rolesOf(call)
      .some(
        (role) =>
          role.kind === 'read' ||
          role.kind === 'state' ||
          role.kind === 'subscribe' ||
          role.kind === 'open' ||
          (role.kind === 'write' && role.store !== 'run'),
      )
  );
}

/** The start may stand where it is not seen: in a package that wraps the SDK, in a module that is named at run time. */
function mayBeStartedElsewhere({ code, files }: ActorModel): boolean {
  return files.some((file) => {
    const { imports, calls, callsByName } = indexOf(file);
    const isLeft = imports.some((specifier) => code.importedFile(specifier) === undefined && mayWrap(specifier.text));
    const isNamedLater = calls.some((call) => isModuleLoad(call) && !isLiteral(call.arguments?.[0]));
    return isLeft || isNamedLater || callsByName.has('init') || callsByName.has('main');
  });
}

/** A module that does something when it is loaded. A program of declarations alone is a library: others start the SDK. */
function runsByItself({ statements }: ts.SourceFile): boolean {
  return statements.some((statement) => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.some(waits);
    if (ts.isExpressionStatement(statement)) return !isExport(statement.expression);
    return !ts.isDeclarationStatement(statement) && !ts.isEmptyStatement(statement);
  });
}

function waits({ initializer }: ts.VariableDeclaration): boolean {
  return initializer !== undefined && ts.isAwaitExpression(initializer);
}

/** `module.exports = …`, `exports.crawl = …`, and a directive such as `'use strict'` */
function isExport(expression: ts.Expression): boolean {
  return (
    ts.isStringLiteral(expression) ||
    (isAssignment(expression) && /^(?:module\.)?exports\b/u.test(expression.left.getText()))
  );
}

function isLiteral(node: ts.Node | undefined): boolean {
  return node !== undefined && ts.isStringLiteralLike(node);
}

/** A file that was not found, or a package that may know the SDK by its name. */
function mayWrap(specifier: string): boolean {
  if (/^(?:apify|apify-client|crawlee|@crawlee\/.*|@apify\/(?:log|consts|utilities|timeout))$/u.test(specifier)) {
    return false;
  }
  return specifier.startsWith('.') || /apify|actor|crawl/iu.test(specifier);
}

function fixesOf(actor: ActorModel, first: Call): readonly Fix[] {
  const changes = startAndEndChanges(actor, first);
  if (changes === undefined) return [];
  return [
    {
      id: 'init',
      title: 'Start the SDK with Actor.init(), and end with Actor.exit()',
      safe: false,
      changes: () => changes,
    },
  ];
}
