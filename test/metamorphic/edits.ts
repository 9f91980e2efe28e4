import type { ts } from 'ts-morph';

import type { Edit, Place, Program } from './program.ts';

export function replace(node: ts.Node, text: string): Edit {
  const file = node.getSourceFile();
  return { file: file.fileName, start: node.getStart(file), end: node.getEnd(), text };
}

export function insertBefore(node: ts.Node, text: string): Edit {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  return { file: file.fileName, start, end: start, text };
}

export function insertAfter(node: ts.Node, text: string): Edit {
  const end = node.getEnd();
  return { file: node.getSourceFile().fileName, start: end, end, text };
}

export function surround(node: ts.Node, before: string, after: string): readonly Edit[] {
  return [insertBefore(node, before), insertAfter(node, after)];
}

/**
 * The program after the edits of those places that do not touch an earlier one. Two insertions may share a position only
 * where the one ends there and the other begins: which of two texts comes first would else be chance.
 */
export function applyPlaces(program: Program, places: Iterable<Place>): Program | undefined {
  const taken: Edit[] = [];
  const added: Record<string, string> = {};
  for (const place of places) {
    if (place.edits.some((edit) => taken.some((other) => collides(edit, other)))) continue;
    taken.push(...place.edits);
    Object.assign(added, place.added);
  }
  if (taken.length === 0) return undefined;
  const files = Object.fromEntries(
    Object.entries(program.files).map(([name, text]) => [
      name,
      applied(
        text,
        taken.filter(({ file }) => file === `/${name}`),
      ),
    ]),
  );
  return { ...program, files: { ...files, ...added } };
}

function collides(a: Edit, b: Edit): boolean {
  if (a.file !== b.file) return false;
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: inserted } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(from, start) + inserted;
    from = end;
  }
  return result + text.slice(from);
}
