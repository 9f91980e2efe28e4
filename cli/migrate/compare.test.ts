import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import schema from '../../simulator/verdict/migrate-output.schema.json' with { type: 'json' };
import { actorFolder, type ActorFolder } from '../../simulator/testing/actor-folder.ts';
import { programs } from '../../simulator/testing/migrate-actor.ts';
import { actorState, actorStateProcess } from '../fakes/command.ts';

/** Walks through pages and sums them up; where it begins depends on `state`, what it does with a page on `work`. */
function walker(state: string, work = 'await Actor.pushData({ page: state.page });'): string {
  return `import { Actor } from 'apify';
await Actor.init();
${state}
let isMigrating = false;
Actor.on('migrating', () => void (isMigrating = true));
while (state.page <= 8) {
  while (isMigrating) await new Promise((resolve) => setTimeout(resolve, 50));
  ${work}
  await new Promise((resolve) => setTimeout(resolve, 50));
  // Both at once: a save between them would count a page twice.
  state.sum += state.page;
  state.page += 1;
}
await Actor.setValue('OUTPUT', { sum: state.sum });
await Actor.exit();
`;
}
const KEPT = "const state = await Actor.useState('STATE', { page: 1, sum: 0 });";
const FORGOTTEN = 'const state = { page: 1, sum: 0 };';
/** It saves that a page is done before it has pushed it, and a pause gives the migration time to come between. */
const LOSSY = `
  const { page } = state;
  if (page === 4) {
    state.page = 5;
    state.sum += 4;
    await Actor.setValue('GO', { page });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    state.page = 4;
    state.sum -= 4;
  }
  await Actor.pushData({ page });`;

const folders: ActorFolder[] = [];

async function compared(main: string, args: readonly string[] = []) {
  const folder = await actorFolder({ files: { 'src/main.js': main } });
  folders.push(folder);
  return await actorStateProcess(['migrate', '--compare', ...args, '--', 'node', 'src/main.js'], folder.path);
}

beforeAll(() => void programs());
afterAll(async () => await Promise.all(folders.map(async (folder) => await folder.remove())));

const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);

/** Ends a hang only: two runs after each other on a busy machine. */
const TIME = 240_000;

describe.concurrent('actor-state migrate --compare, on the real SDK', { timeout: TIME }, () => {
  test('an Actor that keeps its state produces the same: exit 0', async () => {
    const { code, stdout, stderr } = await compared(walker(KEPT));
    expect(stdout).toMatch(/^The same as undisturbed/m);
    expect(stderr).toMatch(/a run that nothing disturbs.*a run that is migrated.*is told of its migration/s);
    expect(code).toBe(0);
  });

  test('one that forgets it pushes again: the items are named, and JSON keeps to its schema: exit 1', async () => {
    const { code, stdout } = await compared(walker(FORGOTTEN), ['--json']);
    const output: unknown = JSON.parse(stdout);
    expect(isValid(output), JSON.stringify(isValid.errors)).toBe(true);
    expect(output).toMatchObject({
      verdict: 'restarted-from-zero',
      comparison: {
        outcome: 'different',
        undisturbed: { items: 8, records: 1 },
        lost: { count: 0 },
        repeated: { first: expect.arrayContaining([expect.objectContaining({ value: '{"page":1}', times: 1 })]) },
        different: { count: 0 },
      },
      exitCode: 1,
    });
    expect(code).toBe(1);
  });

  test('one that resumes, but has lost an item: the verdict sees nothing, the comparison does: exit 1', async () => {
    const { code, stdout } = await compared(walker(KEPT, LOSSY), ['--at', 'key:GO']);
    expect(stdout).toMatch(/^Resumed$/m);
    expect(stdout).toMatch(/^Not the same as undisturbed$/m);
    expect(stdout).toMatch(/Lost\n {2}- dataset default: \{"page":4\}/);
    expect(code).toBe(1);
  });

  test('an Actor that fails undisturbed is not migrated: exit 2', async () => {
    const { code, stdout, stderr } = await compared(
      "import { Actor } from 'apify';\nawait Actor.init();\nthrow new Error('x');\n",
    );
    expect(stdout).toMatch(/Not compared\nThe undisturbed run failed by itself, with exit code 1/);
    expect(stderr).not.toContain('a run that is migrated');
    expect(code).toBe(2);
  });
});

test('it cannot be told to keep the storages of two runs in one folder', async () => {
  const { code, stderr } = await actorState(
    ['migrate', '--compare', '--storage', 's', '--', 'node', 'x.js'],
    process.cwd(),
  );
  expect(stderr).toMatch(/--compare .*--storage/);
  expect(code).toBe(2);
});
