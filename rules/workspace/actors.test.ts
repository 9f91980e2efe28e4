import { describe, expect, it } from 'vitest';
import { findActors } from './actors.ts';
import { memoryFileSystem, type MemoryEntry } from './memory-file-system.ts';
import { scanFolder } from './scan.ts';

const START = "import { Actor } from 'apify';\nawait Actor.init();\n";
const APIFY = '"dependencies": {"apify": "^3.1.0"}';

function find(files: Readonly<Record<string, MemoryEntry>>, folder = '/p') {
  const fs = memoryFileSystem(files);
  const scan = scanFolder(folder, fs);
  const { actors, notices } = findActors(scan, fs);
  const lines = actors.map((actor) => `${actor.kind} ${actor.root} [${actor.name}] ${actor.entryPoints.join(' ')}`);
  return { actors, lines, notices: [...scan.notices, ...notices].map((notice) => `${notice.file}: ${notice.reason}`) };
}

describe('an Actor', () => {
  it('is a package that depends on an SDK and has an entry point', () => {
    const { actors } = find({
      '/p/package.json': `{"name": "a", "main": "main.js", ${APIFY}, "actorState": {"rules": {"x": "off"}}}`,
      '/p/main.js': START,
      '/p/main.test.js': '',
    });
    expect(actors).toEqual([
      {
        root: '/p',
        name: 'a',
        kind: 'actor',
        sdk: { package: 'apify', version: '3.1.0', generation: 3, from: 'range' },
        entryPoints: ['/p/main.js'],
        packageJson: '/p/package.json',
        sources: ['/p/main.js', '/p/main.test.js'],
        ruleSettings: { x: 'off' },
      },
    ]);
  });

  it('is a folder with .actor/actor.json, which names it', () => {
    const { lines } = find({
      '/p/.actor/actor.json': '{"name": "x"}',
      '/p/package.json': '{"scripts": {"start": "node m.js"}}',
      '/p/m.js': '',
    });
    expect(lines).toEqual(['actor /p [x] /p/m.js']);
  });

  it('is loose code that imports an SDK, by package.json or without, and be it one file', () => {
    const loose = {
      '/p/a.js': START,
      '/p/b.js': "const Apify = require('apify');\nApify.main(() => {});\n",
      '/p/c.js': '',
    };
    expect(find(loose).lines).toEqual(['actor /p [p (a.js)] /p/a.js', 'actor /p [p (b.js)] /p/b.js']);
    expect(find(loose).actors[0]?.sdk).toMatchObject({ generation: 3, from: 'import' });
    expect(find({ '/p/a.js': START }, '/p/a.js').lines).toEqual(['actor /p [p] /p/a.js']);
    expect(find({ '/p/package.json': '{', '/p/a.js': START }).lines).toEqual(['actor /p [p] /p/a.js']);
  });

  it('is not a package that has nothing to do with an SDK', () => {
    expect(find({ '/p/package.json': '{"name": "web", "main": "a.js"}', '/p/a.js': 'fetch("/apify")' }).lines).toEqual(
      [],
    );
    expect(find({}, '/p').lines).toEqual([]);
  });

  it('is not the folder of helpers that Actors import', () => {
    const { lines } = find({
      '/p/shared/start.js': `export const start = async () => {\n  ${START}};`,
      '/p/a/package.json': `{"name": "a", "main": "a.js", ${APIFY}}`,
      '/p/a/a.js': `import '../shared/start.js';\n${START}`,
    });
    expect(lines).toEqual(['shared package /p [p] ', 'actor /p/a [a] /p/a/a.js']);
  });

  it('says when its entry point has no source here', () => {
    const { lines, notices } = find({
      '/p/.actor/actor.json': '{"name": "x"}',
      '/p/package.json': `{${APIFY}, "scripts": {"start": "node dist/main.js"}}`,
      '/p/src/other.ts': '',
      '/p/dist/main.js': START,
    });
    expect(lines).toEqual(['actor /p [x] ']);
    expect(notices).toEqual([
      '/p/package.json: no entry point was found: it starts with dist/main.js, of which there is no source here. Only rules that need none are applied',
    ]);
  });

  it('of SDK 4 is named as beyond the rules', () => {
    const { notices } = find({
      '/p/package.json': '{"main": "a.js", "dependencies": {"apify": "^4.0.0"}}',
      '/p/a.js': START,
    });
    expect(notices[0]).toContain('proven for version 3 and below, so none is applied');
  });

  it('in Python is named as not analysed', () => {
    const python = {
      '/p/.actor/actor.json': '{"name": "snake"}',
      '/p/requirements.txt': 'apify',
      '/p/src/main.py': '',
    };
    expect(find(python)).toMatchObject({ lines: [], notices: ['/p: snake is a Python Actor: not analysed'] });
    const image = { '/p/.actor/actor.json': '{}', '/p/.actor/Dockerfile': 'FROM apify/actor-python:3.13\n' };
    expect(find(image).notices).toEqual(['/p: p is a Python Actor: not analysed']);
    expect(find({ '/p/.actor/actor.json': '{}', '/p/main.sh': '' }).notices[0]).toContain(
      'no JavaScript or TypeScript',
    );
  });
});

describe('several Actors', () => {
  it('in a workspace come with the packages that they share', () => {
    const { lines } = find({
      '/p/package.json': '{"name": "root", "workspaces": ["actors/*", "packages/*"]}',
      '/p/scripts/release.js': '',
      '/p/actors/a/package.json': `{"name": "a", "main": "a.js", "dependencies": {"apify": "3", "@x/kit": "*"}}`,
      '/p/actors/a/a.js': START,
      '/p/actors/b/package.json': `{"name": "b", "scripts": {"start": "node b.js"}, ${APIFY}}`,
      '/p/actors/b/b.js': '',
      '/p/packages/kit/package.json': '{"name": "@x/kit", "main": "index.js", "peerDependencies": {"apify": "3"}}',
      '/p/packages/kit/index.js': `export const start = async () => {\n  ${START}};`,
      '/p/packages/web/package.json': '{"name": "@x/web"}',
      '/p/packages/web/index.js': '',
    });
    expect(lines).toEqual([
      'actor /p/actors/a [a] /p/actors/a/a.js',
      'actor /p/actors/b [b] /p/actors/b/b.js',
      'shared package /p/packages/kit [@x/kit] ',
    ]);
  });

  it('share a package.json above them', () => {
    const { actors, lines } = find({
      '/p/package.json': `{"name": "root", ${APIFY}, "scripts": {"start": "node actors/a/main.js"}}`,
      '/p/lib/x.js': "import { log } from 'apify';",
      '/p/actors/a/.actor/actor.json': '{"name": "a"}',
      '/p/actors/a/main.js': START,
      '/p/actors/b/.actor/actor.json': '{"name": "b", "dockerfile": "./Dockerfile", "dockerContextDir": "../../.."}',
      '/p/actors/b/.actor/Dockerfile': 'FROM a\nCMD node actors/b/src/run.js',
      '/p/actors/b/src/run.js': '',
    });
    expect(lines).toEqual([
      'shared package /p [root] ',
      'actor /p/actors/a [a] /p/actors/a/main.js',
      'actor /p/actors/b [b] /p/actors/b/src/run.js',
    ]);
    expect(actors.map((actor) => actor.sdk?.version)).toEqual(['3.1.0', '3.1.0', '3.1.0']);
    expect(actors[0]?.sources).toEqual(['/p/lib/x.js']);
  });

  it('that are one code with several descriptions are one', () => {
    const description = '{"name": "one", "dockerfile": "../../../shared/Dockerfile", "dockerContextDir": "../../.."}';
    const { lines, notices } = find({
      '/p/actors/one/.actor/actor.json': description,
      '/p/actors/two/.actor/actor.json': description.replace('one', 'two'),
      '/p/shared/Dockerfile': 'FROM a\nCOPY code/package*.json ./\nCMD npm run start:prod',
      '/p/code/package.json': `{"name": "code", ${APIFY}, "scripts": {"start:prod": "node dist/go.js"}}`,
      '/p/code/src/go.ts': '',
    });
    expect(lines).toEqual(['actor /p/code [one] /p/code/src/go.ts']);
    expect(notices).toEqual([]);
  });

  it('are told apart by the Dockerfiles of one folder', () => {
    const { lines } = find({
      '/p/package.json': `{"name": "x", ${APIFY}}`,
      '/p/a.Dockerfile': 'FROM a\nCMD node a.js',
      '/p/b.Dockerfile': 'FROM a\nCMD node b.js',
      '/p/a.js': '',
      '/p/b.js': '',
    });
    expect(lines).toEqual(['actor /p [x (a.js)] /p/a.js', 'actor /p [x (b.js)] /p/b.js']);
  });

  it('have their code in a folder of their own', () => {
    const { lines } = find({
      '/p/.actor/actor.json': '{"name": "x"}',
      '/p/code/package.json': `{${APIFY}, "main": "m.js"}`,
      '/p/code/m.js': '',
    });
    expect(lines).toEqual(['actor /p/code [x] /p/code/m.js']);
  });
});
