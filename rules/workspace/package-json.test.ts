import { describe, expect, it } from 'vitest';
import { dependsOnSdk, parsePackageJson, parsePnpmWorkspace } from './package-json.ts';

const parse = (text: string) => parsePackageJson('/a/package.json', text);

const depends = (fields: object): boolean => dependsOnSdk(parse(JSON.stringify(fields)).manifest);

describe('package.json', () => {
  it('gives what the analysis needs', () => {
    const { manifest, notices } = parse(
      JSON.stringify({
        name: 'a',
        main: 'main.js',
        type: 'module',
        bin: { a: './bin.js' },
        scripts: { start: 'node .' },
        dependencies: { apify: '^3.1.0' },
        workspaces: { packages: ['packages/*'] },
        typings: 'index.d.ts',
      }),
    );
    expect(notices).toEqual([]);
    expect(manifest).toMatchObject({
      name: 'a',
      main: 'main.js',
      type: 'module',
      bin: ['./bin.js'],
      scripts: { start: 'node .' },
      dependencies: { apify: '^3.1.0' },
      devDependencies: {},
      workspaces: ['packages/*'],
      types: 'index.d.ts',
    });
  });

  it('says where it is broken, and keeps what can be had', () => {
    const { manifest, notices } = parse('{\n  "name": "a"\n  "dependencies": { "apify": "^3.0.0" }\n}');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.reason).toMatch(/can only be read in part: it is broken at line 3, column 3: .*Mend it/);
    expect(manifest.name).toBe('a');
    expect(dependsOnSdk(manifest)).toBe(true);
  });

  it('reads one with comments and commas at the end, and says that npm does not', () => {
    const { manifest, notices } = parse('{ // a\n "name": "a", }');
    expect(manifest.name).toBe('a');
    expect(notices[0]?.reason).toContain('JSON does not allow');
  });

  it.each([['[]'], ['null'], ['3'], [''], ['{'], ['\u0000'], ['<<<<<<< HEAD\n{"name": "a"}\n=======']])(
    'survives %j',
    (text) => {
      const { manifest, notices } = parse(text);
      expect(notices).toHaveLength(1);
      expect(manifest.scripts).toEqual({});
    },
  );

  it('ignores properties of a wrong kind', () => {
    const { manifest } = parse('{"name": 3, "scripts": ["a"], "dependencies": {"apify": 3}, "workspaces": "x"}');
    expect(manifest).toMatchObject({ name: undefined, scripts: {}, dependencies: {}, workspaces: [] });
  });

  it('reads a byte order mark over', () => {
    expect(parse('\uFEFF{"name": "a"}')).toMatchObject({ manifest: { name: 'a' }, notices: [] });
  });

  it('takes severities of rules and names what is none', () => {
    const { manifest, notices } = parse(
      '{"actorState": {"rules": {"a": "error", "b": "fatal", "c": "off", "d": "default"}}}',
    );
    expect(manifest.ruleSettings).toEqual({ a: 'error', c: 'off', d: 'default' });
    expect(notices.map((notice) => notice.reason)).toEqual([
      'actorState.rules: "fatal" is no severity for b; write one of error, warning, information, hint, off, default, always',
    ]);
    expect(parse('{"actorState": {"rules": []}}').notices).toHaveLength(1);
  });

  it('counts an SDK among dependencies and peer dependencies, not among tools', () => {
    expect(depends({ dependencies: { '@crawlee/http': '3' } })).toBe(true);
    expect(depends({ peerDependencies: { apify: '3' } })).toBe(true);
    expect(depends({ devDependencies: { apify: '3' } })).toBe(false);
    expect(depends({ dependencies: { 'apify-client': '2' } })).toBe(false);
  });
});

describe('pnpm-workspace.yaml', () => {
  it('gives its patterns, and none where it is broken', () => {
    expect(parsePnpmWorkspace("packages:\n  - 'packages/*'\n  - '!packages/old'\n")).toEqual([
      'packages/*',
      '!packages/old',
    ]);
    expect(parsePnpmWorkspace('packages: [')).toEqual([]);
    expect(parsePnpmWorkspace('')).toEqual([]);
  });
});
