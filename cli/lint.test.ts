import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import {
  actorState,
  actorStateProcess,
  AWAITED_SAVE,
  DROPPED_SAVE,
  folderWith,
  PACKAGE,
  program,
} from './fakes/command.ts';
import schema from './lint-output.schema.json' with { type: 'json' };

const valid = new Ajv({ allowUnionTypes: true }).compile(schema);

function actor(main = DROPPED_SAVE, more: Readonly<Record<string, string>> = {}): string {
  return folderWith({ 'package.json': PACKAGE, 'src/main.js': main, ...more });
}

describe('actor-state lint', () => {
  test('lists what a migration would lose, and ends with 1 for an error', async () => {
    const { code, stdout, stderr } = await actorState(['lint'], actor());
    expect(stdout).toMatch(/^src\/main\.js\n {2}5:3 {2}error {2}.*unawaited-write\n/);
    expect(stdout).toContain('✖ 1 finding (1 error, 0 warnings)');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(await actorStateProcess(['lint'], actor())).toEqual({ code, stdout, stderr });
  });

  test('prints nothing for an Actor that is fine, and ends with 0', async () => {
    expect(await actorState(['lint'], actor(AWAITED_SAVE))).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('--format json has the published shape', async () => {
    const folder = actor();
    const { code, stdout } = await actorState(['lint', '--format', 'json', 'shop'], join(folder, '..'));
    expect(code).toBe(2); // no such path here: what could be linted, nothing, is still printed
    expect(valid(JSON.parse(stdout)), JSON.stringify(valid.errors)).toBe(true);
    const good = await actorStateProcess(['lint', '--format=json', '.'], folder);
    const output: unknown = JSON.parse(good.stdout);
    expect(valid(output), JSON.stringify(valid.errors)).toBe(true);
    expect(output).toMatchObject({
      actors: [{ root: '.', sdk: { package: 'apify' }, entryPoints: ['src/main.js'], keys: [{ key: 'STATE' }] }],
      findings: [
        { ruleId: 'unawaited-write', severity: 'error', file: 'src/main.js', range: { start: { line: 5, column: 3 } } },
      ],
      summary: { errors: 1, files: 1, actors: 1 },
    });
  });

  test('--fix leaves alone what does not parse, and says so', async () => {
    const broken = `${DROPPED_SAVE}if (\n`;
    const folder = actor(broken);
    const reason = 'not fixed, for it does not parse: correct its syntax errors first';
    const { code, stdout, stderr } = await actorState(['lint', '--fix'], folder);
    expect(stdout).toContain('unawaited-write');
    expect({ code, stderr }).toEqual({ code: 1, stderr: `src/main.js: ${reason}\n` });
    const json = await actorState(['lint', '--fix', '--format', 'json'], folder);
    expect(JSON.parse(json.stdout)).toMatchObject({ notices: [{ file: 'src/main.js', reason }] });
    expect(readFileSync(join(folder, 'src/main.js'), 'utf8')).toBe(broken);
    expect((await actorState(['lint'], folder)).stderr).toBe('');
  });

  test('--format github annotates', async () => {
    const { code, stdout } = await actorState(['lint', '--format', 'github'], actor());
    expect(stdout).toMatch(
      /^::error file=src\/main\.js,line=5,endLine=5,col=3,endColumn=\d+,title=actor-state%3A unawaited-write::/,
    );
    expect(code).toBe(1);
  });

  test('--rule sets a severity or turns a rule off; --max-warnings and --quiet hold it to account', async () => {
    const folder = actor();
    const withRule = (...more: string[]): ReturnType<typeof actorState> => actorState(['lint', ...more], folder);
    expect(await withRule('--rule', 'unawaited-write=off')).toMatchObject({ code: 0, stdout: '' });
    const warning = ['--rule', 'unawaited-write=warning'];
    expect(await withRule(...warning)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('(0 errors, 1 warning)'),
    });
    expect(await withRule(...warning, '--max-warnings', '0', '--quiet')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'actor-state: too many warnings: 1, and --max-warnings allows 0\n',
    });
    expect(await withRule(...warning, '--max-warnings', '1')).toMatchObject({ code: 0 });
  });

  test('--fix mends what can be mended, keeps mode and line ends, and is quiet afterwards', async () => {
    const folder = actor(DROPPED_SAVE.replaceAll('\n', '\r\n'));
    const main = join(folder, 'src/main.js');
    const { mode } = statSync(main);
    expect(await actorStateProcess(['lint', '--fix'], folder)).toEqual({
      code: 0,
      stdout: 'Applied 1 fix in 1 file.\n',
      stderr: '',
    });
    expect(readFileSync(main, 'utf8')).toBe(AWAITED_SAVE.replaceAll('\n', '\r\n'));
    expect(statSync(main).mode).toBe(mode);
    expect(await actorState(['lint', '--fix'], folder)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('lints what it is given, and nothing beside it', async () => {
    const folder = folderWith({
      'a/package.json': PACKAGE,
      'a/src/main.js': DROPPED_SAVE,
      'b/package.json': PACKAGE,
      'b/src/main.js': DROPPED_SAVE,
    });
    expect((await actorState(['lint', 'a'], folder)).stdout).not.toContain('b/src');
    expect((await actorState(['lint', 'a/src', 'b/src/main.js'], folder)).stdout).toContain('✖ 2 findings');
    expect((await actorState(['lint', 'a', '.', 'a/src/main.js'], folder)).stdout).toContain('✖ 2 findings');
    await actorState(['lint', '--fix', 'b/src/main.js'], folder);
    expect(readFileSync(join(folder, 'a/src/main.js'), 'utf8')).toBe(DROPPED_SAVE);
    expect(readFileSync(join(folder, 'b/src/main.js'), 'utf8')).toBe(AWAITED_SAVE);
  });

  test('--fix leaves the files beside those that it is given', async () => {
    const save = "import { Actor } from 'apify';\nActor.on('migrating', () => {\n  Actor.setValue('X', 1);\n});\n";
    const main = `import './x.js';\nimport './y.js';\n${DROPPED_SAVE}`;
    const folder = actor(main, { 'src/x.js': save, 'src/y.js': save });
    await actorState(['lint', '--fix', 'src/x.js', 'src/y.js'], folder);
    const read = (name: string): string => readFileSync(join(folder, 'src', name), 'utf8');
    expect(read('main.js')).toBe(main);
    expect([read('x.js'), read('y.js')]).toEqual([expect.stringContaining('await'), expect.stringContaining('await')]);
  });

  test('says where there is no Actor', async () => {
    const folder = folderWith({ 'main.js': 'save();' });
    mkdirSync(join(folder, 'empty'));
    for (const path of ['.', 'empty']) {
      const { code, stdout, stderr } = await actorState(['lint', path], folder);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      expect(stderr).toContain('no Actor found');
    }
  });

  test('what cannot be read is said, and the rest is linted', async () => {
    const { code, stdout, stderr } = await actorState(['lint', 'none', '.'], actor());
    expect(stderr).toBe('actor-state: none: there is no such file or folder; check the path\n');
    expect(stdout).toContain('✖ 1 finding');
    expect(code).toBe(2);
  });

  test('a reader that leaves early is no fault', async () => {
    const child = spawn(process.execPath, [program, 'lint', '--format', 'json'], {
      cwd: actor(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk is said, and ends with 2', async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [program, 'lint'], { cwd: actor(), stdio: ['ignore', full, 'pipe'] });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    closeSync(full);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^actor-state: the output could not be written \(ENOSPC.*\): make room, or write it elsewhere\n$/,
    );
  });

  test('colours when told to, not in a pipe', async () => {
    const folder = actor();
    expect((await actorState(['lint'], folder, { FORCE_COLOR: '1' })).stdout).toContain('\u001B[31m');
    expect((await actorState(['lint'], folder)).stdout).not.toContain('\u001B');
  });
});

describe('bad usage ends with 2 and says what would be right', () => {
  test.each([
    [['lint', '--format', 'xml'], 'Allowed choices are stylish, json, sarif, github.'],
    [['lint', '--rule', 'unawaited-wirte=off'], 'did you mean unawaited-write?'],
    [['lint', '--max-warnings', 'few'], 'It must be a whole number, 0 or more.'],
    [['lint', '--unknown'], "unknown option '--unknown'"],
    [['lnit'], '(Did you mean lint?)'],
    [[], 'Usage: actor-state'],
  ])('actor-state %j', async (args, message) => {
    const { code, stdout, stderr } = await actorState(args, folderWith({}));
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('--help and --version are no mistakes', async () => {
    const folder = folderWith({});
    expect(await actorStateProcess(['--version'], folder)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect(await actorState(['lint', '--help'], folder)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--max-warnings <n>'),
    });
  });
});
