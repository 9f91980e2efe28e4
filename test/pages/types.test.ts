import { describe, expect, test } from 'vitest';
import { applyFix, reportsOf } from '../../rules/catalogue/expect-reports.ts';
import { ruleList } from '../../rules/catalogue/index.ts';
import { examplesOf } from '../../rules/catalogue/page-examples.ts';
import { pageOf } from '../../rules/catalogue/page-of.ts';
import type { FixtureSdk } from '../../rules/actor/actor-fixture.ts';
import { dirname } from 'node:path';
import { installedSdk, repository } from '../../simulator/testing/installed-sdk.ts';
import { typeErrorsOf } from './compile.ts';

/** Where the types of each SDK are; SDK 0 has none, and 3.6 those of 3. */
const TYPES: Readonly<Partial<Record<FixtureSdk, string>>> = {
  'apify 1': dirname(await installedSdk('1')),
  'apify 2': dirname(await installedSdk('2')),
  'apify 3': repository,
  'crawlee 3': repository,
};

/**
 * What the compiler says of JavaScript that reads a field of a restored record, or counts on with one, if it is asked to check
 * JavaScript at all: the SDK's `getValue` gives `unknown` (SDK 2: text, a number, bytes or an object) unless a type is written,
 * and in JavaScript none is.
 */
const OF_JAVASCRIPT =
  /^(?:Property '\w+' does not exist on type '(?:\{\}|unknown|string \| Buffer[^']*)'|Operator '\+=' cannot be applied to types 'string \| number \| Buffer[^']*' and 'number')\./u;

/** Each bad example with a type declaration of its SDK, before and after each fix of each of its reports. */
const fixed = ruleList.flatMap((rule) =>
  examplesOf(pageOf(rule.id)).flatMap(({ verdict, sdk, files, line }) => {
    const sdkFolder = TYPES[sdk];
    if (verdict !== 'bad' || sdkFolder === undefined) return [];
    return reportsOf(rule, files, sdk).flatMap((report, index) =>
      report.fixes.map(({ id }) => ({
        name: `${rule.id}: report ${index + 1} of the example on line ${line}, fix "${id}"`,
        before: { files, sdkFolder },
        after: { files: applyFix(files, report, id), sdkFolder },
      })),
    );
  }),
);

const errors = typeErrorsOf(fixed.flatMap(({ before, after }) => [before, after]));

describe("a fix leaves what compiles with the SDK's own types", () => {
  test.each(fixed.map(({ name }, index) => ({ name, index })))('$name', ({ index }) => {
    const before = errors[2 * index] ?? [];
    const after = errors[2 * index + 1] ?? [];
    expect(after.filter((error) => !before.includes(error) && !OF_JAVASCRIPT.test(error))).toEqual([]);
  });

  test('and the types were found', () => {
    const [first] = typeErrorsOf([
      {
        files: { 'main.ts': "import { Actor } from 'apify';\nconst text: string = Actor.isAtHome();\n" },
        sdkFolder: repository,
      },
    ]);
    expect(first).toEqual(["Type 'boolean' is not assignable to type 'string'."]);
  });
});
