import * as vscode from 'vscode';
import { uriOf } from './editor.ts';

/** Reads the product API page by page, and saves the page in a listener of its own. */
const LISTENING = `import { Actor } from 'apify';

await Actor.init();
const { apiUrl } = await Actor.getInput();
const state = (await Actor.getValue('POSITION')) ?? { page: 1 };

Actor.on('migrating', async () => {
    const position = { page: state.page };
    await Actor.setValue('POSITION', position);
});

while (true) {
    const response = await fetch(\`\${apiUrl}?limit=10&skip=\${(state.page - 1) * 10}\`);
    const { products } = await response.json();
    if (products.length === 0) break;
    await Actor.pushData(products.map(({ id }) => ({ id })));
    state.page += 1;
}
await Actor.exit();
`;

const TYPED = LISTENING.replace('await Actor.getInput()', '(await Actor.getInput<{ apiUrl: string }>())!')
  .replace("(await Actor.getValue('POSITION'))", "(await Actor.getValue<{ page: number }>('POSITION'))")
  .replace('await response.json()', '(await response.json()) as { products: { id: number }[] }')
  // Gone after compiling: a line of the source is another one in what runs.
  .replace('await Actor.init();', 'interface Unused {\n    readonly name: string;\n}\n\nawait Actor.init();');

const manifest = (more: object): string =>
  JSON.stringify({ type: 'module', dependencies: { apify: '^3.7.0' }, ...more }, undefined, 4);

/** Actors beside the samples of test-workspace, by path. */
export const ACTORS: Readonly<Record<string, string>> = {
  'listening/package.json': manifest({ name: 'listening', main: 'src/main.js' }),
  'listening/src/main.js': LISTENING,
  'typed/package.json': manifest({
    name: 'typed',
    scripts: { start: 'npm run start:dev', 'start:dev': 'tsx src/main.ts' },
  }),
  'typed/src/main.ts': TYPED,
  'throwing/package.json': manifest({ name: 'throwing', scripts: { start: 'node src/main.js' } }),
  'throwing/src/main.js': "import { Actor } from 'apify';\nimport './nowhere.js';\nawait Actor.init();\n",
  'watched/package.json': manifest({ name: 'watched', scripts: { start: 'tsx watch src/main.ts' } }),
  'watched/src/main.ts': TYPED,
  'broken/package.json': '{ "name": "broken", "type": ',
  'broken/src/main.js': LISTENING,
  'empty/package.json': manifest({ name: 'empty', main: 'dist/main.js' }),
};

/** Adds them to the copy of the workspace. */
export async function writeActors(): Promise<void> {
  for (const [path, text] of Object.entries(ACTORS)) {
    await vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(text));
  }
}

/** The position of a text in one of them. */
export function placeOf(path: string, text: string): vscode.Position {
  const before = (ACTORS[path] ?? '').split(text, 1)[0] ?? '';
  const lines = before.split('\n');
  return new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
