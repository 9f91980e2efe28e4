import { ts } from 'ts-morph';

import { insertion } from '../../fixes/changes.ts';
import { nextLine, styleOf } from '../../fixes/file-style.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { Call } from '../../syntax/file-index.ts';
import { unitOf } from '../../syntax/functions.ts';
import type { Change, Fix } from '../../fixes/changes.ts';

/** Starts the SDK and ends it, where the module itself does the work. */
export function fixesOf(actor: ActorModel, first: Call): readonly Fix[] {
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

/**
 * The edits that start the SDK behind the imports of the entry module, and end it behind its last statement. `undefined` where
 * the work is not done by the module's own top level, which awaits it: then the end would come too early.
 */
function startAndEndChanges({ entryPoints }: ActorModel, first: Call): readonly Change[] | undefined {
  const [entry, ...others] = entryPoints;
  if (entry === undefined || others.length > 0 || unitOf(first) !== entry || !importsActor(entry)) return undefined;
  const last = entry.statements.at(-1);
  const lastImport = entry.statements.findLast(ts.isImportDeclaration);
  if (last === undefined || lastImport === undefined || !isAwaited(last)) return undefined;
  const { semicolon, lineEnd } = styleOf(entry);
  const end = nextLine(entry.text, last.end);
  const isWholeLine = entry.text.slice(0, end).endsWith('\n');
  return [
    insertion(entry, nextLine(entry.text, lastImport.end), `${lineEnd}await Actor.init()${semicolon}${lineEnd}`),
    insertion(entry, end, `${isWholeLine ? '' : lineEnd}await Actor.exit()${semicolon}${isWholeLine ? lineEnd : ''}`),
  ];
}

/** Ends only once its work is done: nothing that is started and left to itself. */
function isAwaited(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement)
    ? ts.isAwaitExpression(statement.expression)
    : ts.isIterationStatement(statement, false);
}

function importsActor(file: ts.SourceFile): boolean {
  return file.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      statement.importClause?.namedBindings !== undefined &&
      ts.isNamedImports(statement.importClause.namedBindings) &&
      statement.importClause.namedBindings.elements.some(({ name }) => name.text === 'Actor'),
  );
}
