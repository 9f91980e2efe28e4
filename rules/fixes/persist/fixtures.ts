import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';

/** A small Actor before the fixes, and what each fix makes of it. */
export interface FixFixture {
  readonly name: string;
  readonly title: string;
  readonly sdk: FixtureSdk;
  readonly before: Readonly<Record<string, string>>;
  /** The files that a fix changes, by the fix's id. */
  readonly after: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const FOLDER = new URL('fixtures/', import.meta.url);

const SECTION = /^## (?:([\w-]+): )?([\w./]+)\n\n```\w+\n(.*?)^```$/gmsu;

/** The fixtures in the folder of that name: pages with the code before, and after each fix that is offered. */
export function fixFixtures(): readonly FixFixture[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => fixtureOf(file.slice(0, -'.md'.length), readFileSync(new URL(file, FOLDER), 'utf8')));
}

function fixtureOf(name: string, page: string): FixFixture {
  const title = /^# (.+)$/mu.exec(page)?.[1] ?? name;
  const sdk = /^SDK: (.+)$/mu.exec(page)?.[1] ?? '';
  if (!isSdk(sdk)) throw new Error(`${name}.md: no SDK is called "${sdk}"`);
  const before: Record<string, string> = {};
  const after: Record<string, Record<string, string>> = {};
  for (const [, fix, file = '', code = ''] of page.matchAll(SECTION)) {
    const files = fix === undefined ? before : (after[fix] ??= {});
    files[file] = code;
  }
  return { name, title, sdk, before, after };
}

function isSdk(text: string): text is FixtureSdk {
  return ['apify 0', 'apify 1', 'apify 2', 'apify 3', 'apify 3.6', 'crawlee 3'].includes(text);
}

/** Writes a fixture with what the fixes make of it now, to be read by a person before it is committed. */
export function writeFixture({ name, title, sdk, before, after }: FixFixture): void {
  const sections = [
    ...Object.entries(before).map(([file, code]) => section(file, code)),
    ...Object.entries(after).flatMap(([fix, files]) =>
      Object.entries(files).map(([file, code]) => section(`${fix}: ${file}`, code)),
    ),
  ];
  writeFileSync(new URL(`${name}.md`, FOLDER), `# ${title}\n\nSDK: ${sdk}\n${sections.join('')}`);
}

function section(heading: string, code: string): string {
  return `\n## ${heading}\n\n\`\`\`${heading.slice(heading.lastIndexOf('.') + 1)}\n${code}\`\`\`\n`;
}
