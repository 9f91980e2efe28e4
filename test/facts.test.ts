import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** `facts 1.3`, `(facts 1.3, 1.4)`, `sdk-facts.md, sections 8 and 9`, `the project's SDK facts, section 7`. */
const CITATION = /\bfacts(?:\.md)?(?:, sections?)? \(?(\d+(?:\.\d+)?(?:(?:,? and |, )\d+(?:\.\d+)?)*)/giu;

const root = fileURLToPath(new URL('..', import.meta.url));

describe('a citation of the SDK facts leads to a section of docs/sdk-facts.md', () => {
  const sections = sectionsOf(readFileSync(join(root, 'docs/sdk-facts.md'), 'utf8'));
  const cited = ['rules', 'simulator', 'server', 'cli', 'client', 'docs']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => /\.(?:ts|md)$/u.test(path) && !path.endsWith('sdk-facts.md'))
    .flatMap((path) => citationsIn(readFileSync(join(root, path), 'utf8')).map((section) => ({ path, section })));

  test('in the code and in the pages of the rules', () => {
    expect(cited.length).toBeGreaterThan(30);
    expect(cited.filter(({ section }) => !sections.has(section))).toEqual([]);
  });
});

describe('citations are read in each form that they are written in', () => {
  test.each([
    ['as the facts (1.5) say', ['1.5']],
    ['wait, and exit (facts 1.3, 1.4).', ['1.3', '1.4']],
    ['/** Facts 1.3, 1.4 and 7. */', ['1.3', '1.4', '7']],
    ['What comes back instead (sdk-facts.md, sections 8 and 9).', ['8', '9']],
    ["(The project's SDK facts, section 1.3)", ['1.3']],
    ['facts of a package on Node 20', []],
  ])('%s', (text, sections) => {
    expect(citationsIn(text)).toEqual(sections);
  });
});

function citationsIn(text: string): readonly string[] {
  return [...text.matchAll(CITATION)].flatMap(([, numbers = '']) => numbers.match(/\d+(?:\.\d+)?/gu) ?? []);
}

/** The numbers of the headings. */
function sectionsOf(markdown: string): ReadonlySet<string> {
  return new Set([...markdown.matchAll(/^#+ (\d+(?:\.\d+)?)\.? /gmu)].flatMap(([, number]) => number ?? []));
}
