import { describe, expect, it } from 'vitest';
import { memoryFileSystem } from './memory-file-system.ts';
import { decodeText, textReader } from './read-text.ts';

describe('the text of a source', () => {
  it('keeps a byte order mark and line ends', () => {
    const bytes = new TextEncoder().encode('\uFEFFconst a = "ž";\r\n');
    expect(decodeText(bytes)).toEqual({ ok: true, text: '\uFEFFconst a = "ž";\r\n' });
  });

  it('decodes UTF-16 in both byte orders', () => {
    const little = new Uint8Array([0xff, 0xfe, 0x61, 0x00, 0x7e, 0x01]);
    const big = new Uint8Array([0xfe, 0xff, 0x00, 0x61, 0x01, 0x7e]);
    expect(decodeText(little)).toEqual({ ok: true, text: 'až' });
    expect(decodeText(big)).toEqual({ ok: true, text: 'až' });
  });

  it('tells binary data by a NUL byte', () => {
    const result = decodeText(new Uint8Array([0x61, 0x00, 0x62]));
    expect(result.ok ? '' : result.reason).toMatch(/^skipped: it holds binary data/);
  });

  it('takes bytes that are no UTF-8 for text with a replacement character', () => {
    expect(decodeText(new Uint8Array([0x61, 0xe9]))).toEqual({ ok: true, text: 'a\uFFFD' });
  });
});

describe('a text reader', () => {
  it('reads each file once and gives nothing for a missing one', () => {
    const disk = memoryFileSystem({ '/a.txt': 'a' });
    let reads = 0;
    const read = textReader({ ...disk, readFile: (path) => ((reads += 1), disk.readFile(path)) });
    expect([read('/a.txt'), read('/a.txt'), read('/b.txt'), read('/b.txt')]).toEqual(['a', 'a', undefined, undefined]);
    expect(reads).toBe(2);
  });
});
