import { ts } from 'ts-morph';

import { nodesIn } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Edit, Place, Rewriting } from '../program.ts';
import { asTypeScript, rewriting } from '../rewriting.ts';
import { isCommonJs, isImport } from '../sdk-places.ts';
import { awaits, usesThis } from '../shape.ts';

/** Where the code of the entry point stands as a whole. */
export const wholeProgram: readonly Rewriting[] = [
  {
    group: 'program',
    name: 'TypeScript',
    keepsNames: true,
    rewrite: (program) => (asTypeScript(program) === program ? undefined : asTypeScript(program)),
  },
  rewriting('program', 'a main function', ({ parsed, name }) => {
    const main = name('main');
    return wrapped(parsed, (isAsync) => [
      `${isAsync ? 'async ' : ''}function ${main}() {\n`,
      `\n}\n${isAsync ? 'await ' : ''}${main}();\n`,
    ]);
  }),
  rewriting('program', 'a main function that is called first', ({ parsed, name }) => {
    const main = name('main');
    return wrapped(parsed, (isAsync) => [
      `${isAsync ? 'await ' : ''}${main}();\n${isAsync ? 'async ' : ''}function ${main}() {\n`,
      '\n}\n',
    ]);
  }),
  rewriting('program', 'an arrow function', ({ parsed, name }) => {
    const run = name('run');
    return wrapped(parsed, (isAsync) => [
      `const ${run} = ${isAsync ? 'async ' : ''}() => {\n`,
      `\n};\n${isAsync ? 'await ' : ''}${run}();\n`,
    ]);
  }),
  rewriting('program', 'a function that is called at once', ({ parsed }) =>
    wrapped(parsed, (isAsync) => [`${isAsync ? 'await (async ' : '('}() => {\n`, '\n})();\n']),
  ),
  rewriting('program', 'a method of a class', ({ parsed, name }) => {
    const type = name('Program');
    return wrapped(parsed, (isAsync) => [
      `class ${type} {\n${isAsync ? 'async ' : ''}run() {\n`,
      `\n}\n}\n${isAsync ? 'await ' : ''}new ${type}().run();\n`,
    ]);
  }),
  rewriting('program', 'a static method', ({ parsed, name }) => {
    const type = name('Program');
    return wrapped(parsed, (isAsync) => [
      `class ${type} {\nstatic ${isAsync ? 'async ' : ''}run() {\n`,
      `\n}\n}\n${isAsync ? 'await ' : ''}${type}.run();\n`,
    ]);
  }),
  rewriting('program', 'a main function whose failure is told', ({ parsed, name }) => {
    const main = name('main');
    return wrapped(parsed, (isAsync) =>
      isAsync
        ? [`async function ${main}() {\n`, `\n}\nawait ${main}().catch((error) => {\nthrow error;\n});\n`]
        : undefined,
    );
  }),
  rewriting('program', 'a block', ({ parsed }) => wrapped(parsed, () => ['{\n', '\n}\n'])),
  rewriting('program', 'a default export of another module', ({ parsed, name }) =>
    inOtherModule(parsed, name('program')),
  ),
  rewriting('program', 'Actor.main in the place of init and exit', ({ parsed }) => actorMain(parsed)),
];

type Wrap = (isAsync: boolean) => readonly [before: string, after: string] | undefined;

/** The statements behind the imports, where none of them exports anything. */
function bodyOf(parsed: Parsed): readonly ts.Statement[] | undefined {
  const { statements } = parsed.entry;
  const first = statements.findIndex((each) => !isImport(each));
  const body = first === -1 ? [] : statements.slice(first);
  const isMovable = body.length > 0 && !body.some((each) => isImport(each) || exportsSomething(each) || usesThis(each));
  return isMovable ? body : undefined;
}

function exportsSomething(statement: ts.Statement): boolean {
  return (
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    (ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) ||
    /^(?:module\.)?exports\b/u.test(statement.getText())
  );
}

function* wrapped(parsed: Parsed, wrap: Wrap): Iterable<Place> {
  const body = bodyOf(parsed);
  const first = body?.[0];
  const last = body?.at(-1);
  if (body === undefined || first === undefined || last === undefined) return;
  const isAsync = body.some((each) => !ts.isFunctionDeclaration(each) && awaits(each));
  const [before, after] = wrap(isAsync) ?? [];
  if (before === undefined || after === undefined) return;
  const file = parsed.entry.fileName;
  const start = first.getStart();
  const end = last.getEnd();
  yield {
    edits: [
      { file, start, end: start, text: before },
      { file, start: end, end, text: after },
    ],
  };
}

/** The whole entry point as a function of another module, which the entry point calls. */
function inOtherModule(parsed: Parsed, module: string): readonly Place[] {
  const { entry } = parsed;
  const body = bodyOf(parsed);
  const [first] = body ?? [];
  if (body === undefined || first === undefined || isCommonJs(entry) || nodesIn(entry).some(ts.isMetaProperty))
    return [];
  const isAsync = body.some((each) => !ts.isFunctionDeclaration(each) && awaits(each));
  const extension = /\.[jt]s$/u.exec(entry.fileName)?.[0] ?? '.js';
  const start = first.getStart();
  const path = entry.fileName.slice(1).replace(/[^/]*$/u, `${module}${extension}`);
  const head = entry.text.slice(0, start);
  const whole: Edit = {
    file: entry.fileName,
    start: 0,
    end: entry.end,
    text: `import ${module} from './${module}.js';\n\n${isAsync ? 'await ' : ''}${module}();\n`,
  };
  return [
    {
      edits: [whole],
      added: {
        [path]: `${head}export default ${isAsync ? 'async ' : ''}function ${module}() {\n${entry.text.slice(start)}}\n`,
      },
    },
  ];
}

/** `await Actor.init(); …; await Actor.exit();` to `await Actor.main(async () => { … });`. */
function actorMain(parsed: Parsed): readonly Place[] {
  const body = bodyOf(parsed);
  const init = body?.findIndex((each) => each.getText() === 'await Actor.init();') ?? -1;
  const start = body?.[init];
  const end = body?.at(-1);
  if (body === undefined || start === undefined || end?.getText() !== 'await Actor.exit();' || end === start) return [];
  const between = body.slice(init + 1, -1);
  const others = nodesIn(parsed.entry).filter(
    (node) => ts.isCallExpression(node) && /^Actor\.(?:exit|fail|init)$/u.test(node.expression.getText()),
  );
  if (others.length !== 2 || between.length === 0) return [];
  const file = parsed.entry.fileName;
  return [
    {
      edits: [
        { file, start: start.getStart(), end: start.getEnd(), text: 'await Actor.main(async () => {' },
        { file, start: end.getStart(), end: end.getEnd(), text: '});' },
      ],
    },
  ];
}
