import { describe, expect, it } from 'vitest';
import { readDockerfile } from './dockerfile.ts';

const modules = (text: string): readonly string[] =>
  readDockerfile(text, { scripts: { start: 'node src/main.js' }, shellScript: () => undefined }).modules;

describe('a Dockerfile', () => {
  it.each([
    ['FROM a\nCMD ["node", "dist/main.js"]', 'dist/main.js'],
    ['FROM a\nCMD node dist/main.js', 'dist/main.js'],
    ['FROM a\ncmd [ "npm", "start", "--silent" ]', 'src/main.js'],
    ['FROM a\nENTRYPOINT ["node"]\nCMD ["main.js"]', 'main.js'],
    ['FROM a\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node", "main.js"]', 'main.js'],
    ['FROM a\nENTRYPOINT node main.js\nCMD ["x"]', 'main.js'],
    ['FROM a\nCMD \\\n  # a comment\n  node \\\r\n  main.js', 'main.js'],
    ['FROM a AS builder\nCMD node build.js\nFROM b\nCMD node main.js', 'main.js'],
    ['FROM a\nCMD node old.js\nCMD node main.js', 'main.js'],
  ])('%j', (text, module) => {
    expect(modules(text)).toEqual([module]);
  });

  it('leaves it to the base image without a command of its last stage', () => {
    const image = readDockerfile('FROM a\nCMD node build.js\nFROM b\nCOPY . ./', {
      scripts: {},
      shellScript: () => undefined,
    });
    expect(image).toEqual({ modules: [], hasCommand: false, packageFolders: [] });
  });

  it('tells where the package comes from', () => {
    const text =
      'FROM a\nCOPY --chown=myuser code/package*.json ./\nCOPY --from=builder /x/package.json ./\nCOPY package.json ./';
    const image = readDockerfile(text, { scripts: {}, shellScript: () => undefined });
    expect(image.packageFolders).toEqual(['code', '.']);
  });
});
