import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFileSystem, forwardSlashes } from './disk.ts';
import { scanFolder } from './scan.ts';

describe('the disk', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actor-state-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads bytes, entries and kinds', () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'main.js'), 'ä');
    symlinkSync(join(folder, 'main.js'), join(folder, 'link.js'));
    const listed = diskFileSystem.readDirectory(folder);
    expect(listed.ok && listed.entries.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'link.js', kind: 'link' },
      { name: 'main.js', kind: 'file' },
      { name: 'src', kind: 'folder' },
    ]);
    expect(diskFileSystem.stat(join(folder, 'link.js'))).toEqual({ kind: 'file', size: 2 });
    expect(diskFileSystem.realPath(join(folder, 'link.js'))).toBe(diskFileSystem.realPath(join(folder, 'main.js')));
  });

  it('says why something cannot be read, and never throws', () => {
    symlinkSync(join(folder, 'b'), join(folder, 'a'));
    symlinkSync(join(folder, 'a'), join(folder, 'b'));
    expect(diskFileSystem.readFile(join(folder, 'none.js'))).toEqual({ ok: false, reason: 'it does not exist' });
    expect(diskFileSystem.readFile(folder)).toEqual({ ok: false, reason: 'it is a folder' });
    expect(diskFileSystem.readDirectory(join(folder, 'none'))).toEqual({ ok: false, reason: 'it does not exist' });
    expect(diskFileSystem.stat(join(folder, 'none'))).toBeUndefined();
    expect(diskFileSystem.stat(join(folder, 'a'))).toBeUndefined();
    expect(diskFileSystem.realPath(join(folder, 'a'))).toBeUndefined();
  });

  it('ends a walk through links that lead in a circle', () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/main.js'), '');
    symlinkSync(folder, join(folder, 'src/up'));
    expect(scanFolder(folder, diskFileSystem).sources).toEqual([join(folder, 'src/main.js')]);
  });

  it('writes paths of Windows with forward slashes', () => {
    expect(forwardSlashes('C:\\actors\\a', 'win32')).toBe('C:/actors/a');
    expect(forwardSlashes('/a\\b', 'linux')).toBe('/a\\b');
  });
});
