import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/**
 * The type declarations of a module, and of all that they name. Nothing is checked here: `npm run check` does that, and a
 * test compiles a program that uses them.
 *
 * @param {string} root the folder of the project
 * @param {string} entry the module, relative to it
 * @returns {{ files: { path: string, contents: string }[], inputs: string[] }} paths relative to the project, without `.ts`'s `.d`
 */
export function declarationsOf(root, entry) {
  const files = [];
  const waiting = [entry];
  const seen = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const text = declarationOf(join(root, path));
    for (const imported of importsOf(text).map((name) => join(dirname(path), name))) {
      if (seen.has(imported)) continue;
      seen.add(imported);
      waiting.push(imported);
    }
    files.push({
      path: path.replace(/\.ts$/, '.d.ts'),
      contents: text.replace(/(from ['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'),
    });
  }
  return { files, inputs: [relative(root, import.meta.filename), ...seen] };
}

function declarationOf(file) {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions,
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0)
    throw new Error(
      diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n'),
    );
  return outputText;
}

/** The modules of this project that a declaration file names. */
function importsOf(text) {
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'));
}
