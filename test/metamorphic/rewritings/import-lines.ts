import { ts } from 'ts-morph';

import type { Parsed } from '../parsed.ts';
import { isImport } from '../sdk-places.ts';

/** The imports (or requires) of a file that bring these names, as a file beside it would write them; `undefined` where one is not imported. */
export function importLinesFor(parsed: Parsed, names: readonly string[], file: ts.SourceFile): string | undefined {
  const lines = names.map((name) => lineFor(name, file));
  return lines.includes(undefined) || parsed.files.length === 0 ? undefined : lines.join('\n');
}

function lineFor(name: string, file: ts.SourceFile): string | undefined {
  for (const statement of file.statements.filter((each) => isImport(each))) {
    if (ts.isImportDeclaration(statement)) {
      const source = statement.moduleSpecifier.getText();
      const { importClause } = statement;
      const bindings = importClause?.namedBindings;
      if (importClause?.name?.text === name) return `import ${name} from ${source};`;
      if (bindings !== undefined && ts.isNamespaceImport(bindings) && bindings.name.text === name)
        return `import * as ${name} from ${source};`;
      if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
      const specifier = bindings.elements.find((each) => each.name.text === name);
      if (specifier !== undefined) return `import { ${specifier.getText()} } from ${source};`;
    } else if (ts.isVariableStatement(statement)) {
      const declaration = statement.declarationList.declarations.find((each) => each.name.getText() === name);
      if (declaration !== undefined) return `const ${declaration.getText()};`;
    }
  }
  return undefined;
}
