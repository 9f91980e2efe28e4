import { ts } from 'ts-morph';

import type { Edit } from './program.ts';
import { isRequire } from './shape.ts';

/** Puts text behind the imports at the head of a file, where everything else comes later. */
export function endOfImports(file: ts.SourceFile, text: string): Edit {
  const rest = file.statements.findIndex((statement) => !isImport(statement) && !isDirective(statement));
  const last = file.statements[(rest === -1 ? file.statements.length : rest) - 1];
  const end = last?.getEnd() ?? 0;
  return { file: file.fileName, start: end, end, text: last === undefined ? text : `\n${text.trimEnd()}` };
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

/** An import, an export from elsewhere, or `const x = require(…)`. */
export function isImport(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement)) return true;
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(
      ({ initializer }) => initializer !== undefined && isRequire(initializer),
    )
  );
}

/** Whether a file is written with `require` and not with `import`. */
export function isCommonJs(file: ts.SourceFile): boolean {
  return !file.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      ts.isExportDeclaration(statement) ||
      ts.isExportAssignment(statement) ||
      (ts.canHaveModifiers(statement) &&
        (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)),
  );
}
