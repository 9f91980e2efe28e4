import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { ownCallsOf } from '../own-code.ts';
import { startsOfSdk } from './init-order.ts';
import { isOfActorClass } from './sdk-members.ts';
import { isSdkPackage, mayWrapSdk } from '../../sdk/words.ts';
import { isAssignment } from '../../syntax/assignments.ts';
import { indexOf, isModuleLoad } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { bare, isAccess, memberNameOf } from '../../syntax/operands.ts';

/**
 * The first call of an Actor that needs the SDK to be started, where nothing starts it; `undefined` where something does, or
 * may do so out of sight, and for a program of declarations alone: that is a library, and others start the SDK.
 */
export function firstUnstartedUse(actor: ActorModel): Call | undefined {
  if (startsOfSdk(actor).length > 0 || mayBeStartedElsewhere(actor) || !actor.files.some(runsByItself))
    return undefined;
  return ownCallsOf(actor).find((call) => needsStart(actor, call));
}

function needsStart({ code }: ActorModel, call: Call): boolean {
  if (!isOfActorClass(code, call)) return false;
  return code.rolesOf(call).some((role) => {
    if (role.kind === 'write') return role.store !== 'run';
    return role.kind === 'read' || role.kind === 'state' || role.kind === 'subscribe' || role.kind === 'open';
  });
}

/** The start may stand where it is not seen: in a package that wraps the SDK, in a module that is named at run time. */
function mayBeStartedElsewhere({ code, files }: ActorModel): boolean {
  return files.some((file) => {
    const { imports, calls, callsByName } = indexOf(file);
    const isLeft = imports.some((specifier) => code.importedFile(specifier) === undefined && mayStart(specifier.text));
    const isNamedLater = calls.some((call) => isModuleLoad(call) && !isLiteral(call.arguments?.[0]));
    return isLeft || isNamedLater || callsByName.has('init') || callsByName.has('main');
  });
}

/** A file that was not found, or a package that may know the SDK by its name. */
function mayStart(specifier: string): boolean {
  return !isSdkPackage(specifier) && (specifier.startsWith('.') || mayWrapSdk(specifier));
}

/** A module that does something when it is loaded. */
function runsByItself({ statements }: ts.SourceFile): boolean {
  return statements.some((statement) => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.some(waits);
    if (ts.isExpressionStatement(statement)) return !isExport(statement.expression);
    return !ts.isDeclarationStatement(statement) && !ts.isEmptyStatement(statement);
  });
}

function waits({ initializer }: ts.VariableDeclaration): boolean {
  return initializer !== undefined && ts.isAwaitExpression(bare(initializer));
}

/** `module.exports = …`, `exports.crawl = …`, and a directive such as `'use strict'` */
function isExport(expression: ts.Expression): boolean {
  return ts.isStringLiteral(expression) || (isAssignment(expression) && isExportsObject(expression.left));
}

function isExportsObject(expression: ts.Expression): boolean {
  const place = bare(expression);
  if (ts.isIdentifier(place)) return place.text === 'exports';
  if (!isAccess(place)) return false;
  const owner = bare(place.expression);
  const isOfModule = ts.isIdentifier(owner) && owner.text === 'module' && memberNameOf(place) === 'exports';
  return isOfModule || isExportsObject(owner);
}

function isLiteral(node: ts.Node | undefined): boolean {
  return node !== undefined && ts.isStringLiteralLike(node);
}
