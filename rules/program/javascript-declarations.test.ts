import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import { javaScriptDeclarations } from './javascript-declarations.ts';
import { SourceProject } from './source-project.ts';

const typeOf = (expression: string): string => {
  const project = new SourceProject(() => undefined);
  project.setText('/actor/main.ts', `export const value = ${expression};`);
  const checker = project.program().getTypeChecker();
  const file = project.sourceFile('/actor/main.ts');
  const declared = file && checker.getExportsOfModule(checker.getSymbolAtLocation(file) ?? fail());
  return checker.typeToString(checker.getTypeOfSymbol(declared?.[0] ?? fail()));
};

const fail = (): never => {
  throw new Error('the module has no export');
};

describe("JavaScript's declarations", () => {
  it('hold what each standard up to ES2022 added, and that in one order', () => {
    expect(typeOf('[1].map(String)')).toBe('string[]');
    expect(typeOf('new Map([[1, new Set(["a"])]])')).toBe('Map<number, Set<string>>');
    expect(typeOf('Promise.allSettled([Promise.resolve(1)])')).toBe('Promise<[PromiseSettledResult<number>]>');
    expect(typeOf('[1].at(-1)')).toBe('number');
    expect(typeOf('Object.fromEntries([["a", 1]])')).toBe('{ [k: string]: number; }');
    expect(typeOf('"a".replaceAll("a", "b")')).toBe('string');
    expect(typeOf('10n')).toBe('10n');
  });

  it('know no browser', () => {
    expect(javaScriptDeclarations()).not.toMatch(/interface (?:HTMLElement|Document)\b/u);
    expect(typeOf('document')).toBe('any');
  });

  it('have no mistake, read as one text', () => {
    const project = new SourceProject(() => undefined);
    project.setText('/actor/main.ts', 'export {};');
    const program = project.program();
    expect(program.getOptionsDiagnostics().map(({ messageText }) => messageText)).toEqual([]);
    expect(program.getGlobalDiagnostics().map(({ messageText }) => messageText)).toEqual([]);
    const lib = program.getSourceFiles().filter(({ fileName }) => ts.sys.resolvePath(fileName).includes('/lib.'));
    expect(lib.map((file) => program.getSyntacticDiagnostics(file))).toEqual([[]]);
  });
});
