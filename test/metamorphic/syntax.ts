import { ts } from 'ts-morph';

import type { Program } from './program.ts';

/** What keeps the files of a program from being parsed, as `main.js: '}' expected.` */
export function syntaxErrors({ files }: Program): readonly string[] {
  return Object.entries(files).flatMap(([fileName, text]) => {
    const { diagnostics = [] } = ts.transpileModule(text, {
      fileName,
      reportDiagnostics: true,
      compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    });
    return diagnostics.map(({ messageText }) => `${fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}
