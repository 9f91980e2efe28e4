import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  actorState,
  actorStateProcess,
  AWAITED_SAVE,
  DROPPED_SAVE,
  folderWith,
  PACKAGE,
  type Ended,
} from './fakes/command.ts';

/** A finding where there is one, a clear word where there is not, never a crash or a hang. */
async function lint(files: Readonly<Record<string, string | Uint8Array>>, ...args: string[]): Promise<Ended> {
  return unharmed(await actorState(['lint', ...args], folderWith(files)));
}

function unharmed(ended: Ended): Ended {
  expect(ended.stderr).not.toMatch(/fault of actor-state|\bat .*:\d+:\d+/);
  expect(ended.code).toBeLessThan(2);
  return ended;
}

const found = expect.stringMatching(/unawaited-write/);

describe('bad input', () => {
  test('code with syntax errors still has findings', async () => {
    const { stdout } = await lint({
      'package.json': PACKAGE,
      'src/main.js': `${DROPPED_SAVE}\nconst broken = {{{ ;\n`,
    });
    expect(stdout).toEqual(found);
  });

  test('half-typed code anywhere', async () => {
    const lengths = [20, 60, 110, 150, 190, 240, 290];
    const files = lengths.map((length, index) => [`a${index}/src/main.js`, DROPPED_SAVE.slice(0, length)]);
    const packages = lengths.map((_, index) => [`a${index}/package.json`, PACKAGE]);
    await lint(Object.fromEntries([...files, ...packages]));
  });

  test('no package.json: an .actor folder is enough', async () => {
    const { stdout } = await lint({ '.actor/actor.json': '{"actorSpecification":1}', 'src/main.js': DROPPED_SAVE });
    expect(stdout).toEqual(found);
  });

  test('a malformed package.json is named', async () => {
    const { stdout, stderr } = await lint({
      'package.json': PACKAGE.replace('}}', '},,,'),
      '.actor/actor.json': '{}',
      'src/main.js': DROPPED_SAVE,
    });
    expect(stderr).toContain('package.json');
    expect(stdout).toEqual(found);
  });

  test('a package.json that is a list, empty, or of other types', async () => {
    for (const text of ['[]', '', 'null', '{"dependencies":[1],"main":7,"type":{},"scripts":null}']) {
      await lint({ 'package.json': text, '.actor/actor.json': text, 'src/main.js': DROPPED_SAVE });
    }
  });

  test('a tsconfig that extends what is not there', async () => {
    const { stdout } = await lint({
      'package.json': PACKAGE.replace('src/main.js', 'dist/main.js'),
      'tsconfig.json': '{"extends":"@apify/tsconfig","compilerOptions":{"outDir":"dist","rootDir":"src"}}',
      'src/main.ts': DROPPED_SAVE,
    });
    expect(stdout).toEqual(found);
  });

  test('a binary file with a source name is skipped, and said', async () => {
    const { stderr } = await lint({
      'package.json': PACKAGE,
      'src/main.js': AWAITED_SAVE,
      'src/picture.js': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
    });
    expect(stderr).toMatch(/src\/picture\.js: .*binary/);
  });

  test('an Actor whose only source cannot be read is not said to be none', async () => {
    const { stderr } = await lint({ 'package.json': PACKAGE, 'src/main.js': new Uint8Array([0x89, 0x50, 0, 0, 0, 1]) });
    expect(stderr).toContain('no Actor found in what could be read: ');
  });

  test('links that lead in a ring, to nowhere and to the folder above', async () => {
    const folder = folderWith({ 'package.json': PACKAGE, 'src/main.js': DROPPED_SAVE });
    symlinkSync('b.js', join(folder, 'src/a.js'));
    symlinkSync('a.js', join(folder, 'src/b.js'));
    symlinkSync('nowhere.js', join(folder, 'src/c.js'));
    symlinkSync('..', join(folder, 'src/up'));
    const { stdout } = unharmed(await actorState(['lint'], folder));
    expect(stdout).toContain('✖ 1 finding ');
  });

  test('a bundle of 5 MB is skipped, and said', async () => {
    const { stdout, stderr } = await lint({
      'package.json': PACKAGE,
      'src/main.js': DROPPED_SAVE,
      'src/bundle.js': 'x.push("some code of a bundle");\n'.repeat(160_000),
    });
    expect(stderr).toMatch(/src\/bundle\.js: /);
    expect(stdout).toEqual(found);
  });

  test('a folder that is named like a source', async () => {
    const folder = folderWith({ 'package.json': PACKAGE, 'src/main.js': DROPPED_SAVE });
    mkdirSync(join(folder, 'src/folder.js'));
    const { stdout } = unharmed(await actorState(['lint'], folder));
    expect(stdout).toEqual(found);
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read is said (not as root, who may)', async () => {
    const folder = folderWith({ 'package.json': PACKAGE, 'src/main.js': AWAITED_SAVE });
    writeFileSync(join(folder, 'src/secret.js'), 'a', { mode: 0 });
    expect(unharmed(await actorState(['lint'], folder)).stderr).toContain('src/secret.js: ');
  });

  test('line ends of Windows and a byte order mark shift nothing, also when fixed', async () => {
    const text = `\uFEFF${DROPPED_SAVE}`.replaceAll('\n', '\r\n');
    const folder = folderWith({ 'package.json': PACKAGE, 'src/main.js': text });
    expect((await actorState(['lint'], folder)).stdout).toMatch(/^ {2}5:3 {2}error/m);
    expect(await actorState(['lint', '--fix'], folder)).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'src/main.js'), 'utf8')).toBe(`\uFEFF${AWAITED_SAVE}`.replaceAll('\n', '\r\n'));
  });

  test('a byte order mark takes no column', async () => {
    const text = `\uFEFF${DROPPED_SAVE.replace(/\n(?=.)/g, ' ')}`;
    const { stdout } = await lint({ 'package.json': PACKAGE, 'src/main.js': text }, '--format', 'github');
    expect(stdout).toContain(`col=${text.indexOf("Actor.setValue('STATE'")},`);
  });

  test('columns count UTF-16 units, as editors do', async () => {
    const text = DROPPED_SAVE.replace('  Actor.setValue', "  log('😀 é 漢'); Actor.setValue");
    const { stdout } = await lint({ 'package.json': PACKAGE, 'src/main.js': text });
    expect(stdout).toMatch(/^ {2}5:18 {2}error/m);
  });

  test('all of it at once, with the built program', async () => {
    const folder = folderWith({
      'broken/package.json': PACKAGE.replace('}}', '},,,'),
      'broken/src/main.js': `${DROPPED_SAVE}{{{`,
      'half/package.json': PACKAGE,
      'half/src/main.js': DROPPED_SAVE.slice(0, 190),
      'half/src/picture.js': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0]),
      'good/package.json': PACKAGE,
      'good/src/main.js': DROPPED_SAVE,
      'good/dist.js': 'x.push("some code of a bundle");\n'.repeat(160_000),
    });
    symlinkSync('..', join(folder, 'good/up'));
    const { stdout } = unharmed(await actorStateProcess(['lint'], folder));
    expect(stdout).toContain('good/src/main.js\n');
  });

  test('a file without an Actor around it, or of another language', async () => {
    expect((await lint({ 'main.js': 'save();' }, 'main.js')).stderr).toContain('no Actor found');
    expect((await lint({ 'main.py': 'from apify import Actor', '.actor/actor.json': '{}' }, '.')).stderr).toMatch(
      /Python|no Actor/,
    );
  });
});
