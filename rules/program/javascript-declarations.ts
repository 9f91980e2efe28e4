import { getLibFiles } from '@ts-morph/common';

/** The standard that sources are read by, and all that its declarations build on: JavaScript, without a browser. */
const ROOT = 'lib.es2022.d.ts';

/**
 * JavaScript's own declarations as one text: the compiler has one file to read in the place of sixty. What declares more of an
 * interface stands behind what it adds to, as it would in the compiler's own order.
 */
export function javaScriptDeclarations(): string {
  const texts = new Map(getLibFiles().map(({ fileName, text }) => [fileName, text]));
  const inOrder: string[] = [];
  const met = new Set<string>();
  const read = (name: string): void => {
    const text = texts.get(name);
    if (text === undefined || met.has(name)) return;
    met.add(name);
    for (const [, wanted] of text.matchAll(/<reference lib="([^"]+)"/gu)) read(`lib.${wanted}.d.ts`);
    inOrder.push(text);
  };
  read(ROOT);
  return inOrder.join('\n');
}
