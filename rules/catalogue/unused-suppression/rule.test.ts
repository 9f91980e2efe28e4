import { describe, expect, it } from 'vitest';

import { applyAllFixes, applyFix, expectReports, reportsOf } from '../expect-reports.ts';
import { unusedSuppression } from './rule.ts';

const START = `import { Actor } from 'apify';\nawait Actor.init();\n`;
const DROPPED = `Actor.setValue('A', 1);`;
const AWAITED = `await ${DROPPED}`;

function messages(code: string): readonly string[] {
  return reportsOf(unusedSuppression, code).map(({ message }) => message);
}

/** What is left of some lines after all fixes. */
function fixed(lines: string): string {
  return (applyAllFixes(unusedSuppression, START + lines)['main.js'] ?? '').slice(START.length);
}

describe('a comment that suppresses nothing', () => {
  it.each([
    ['above a line', `/*~*/// actor-state-disable-next-line unawaited-write\n${AWAITED}`],
    ['above a line, for all rules, in a shared helper too', `/*~*/// actor-state-disable-next-line\n${AWAITED}`],
    ['beside a line', `${AWAITED} /*~*/ // actor-state-disable-line unawaited-write`],
    ['over several lines', `/*~*//* actor-state-disable unawaited-write */\n${AWAITED}\n/* actor-state-enable */`],
    ['one line too high', `/*~*/// actor-state-disable-next-line unawaited-write\n\n${DROPPED}`],
    ['on the line above', `/*~*/// actor-state-disable-line unawaited-write\n${DROPPED}`],
    ['of another rule', `/*~*/// actor-state-disable-next-line unpersisted-state\n${DROPPED}`],
    [
      'that a nearer one takes the finding from',
      `/*~*//* actor-state-disable */\n${DROPPED} // actor-state-disable-line`,
    ],
    ['that ends what has not begun', `${AWAITED}\n/*~*//* actor-state-enable */`],
    [
      'that ends what has ended',
      `/* actor-state-disable unawaited-write */ ${DROPPED} /* actor-state-enable */\n/*~*//* actor-state-enable unawaited-write */`,
    ],
  ])('%s', (_, code) => {
    expectReports(unusedSuppression, START + code);
  });

  it('says which rule, and what the comment does to the code to come', () => {
    expect(messages(`${START}// actor-state-disable-next-line unawaited-write -- why\n${AWAITED}`)).toEqual([
      'This comment suppresses nothing of `unawaited-write`: it would only hide a fault that comes later',
    ]);
  });
});

describe('a rule named in a comment', () => {
  it('that finds nothing where another one does', () => {
    const code = `${START}// actor-state-disable-next-line unawaited-write, /*~*/unpersisted-state\n${DROPPED}`;
    expectReports(unusedSuppression, code);
  });

  it('that does not exist, by its name', () => {
    expectReports(unusedSuppression, `${START}// actor-state-disable-next-line /*~*/unawaited-wirte\n${AWAITED}`);
    expect(messages(`${START}// actor-state-disable-line it is fine\n${AWAITED}`)).toEqual([
      'No rule is called `it is fine`, so this comment suppresses nothing by it; a reason comes after two dashes',
    ]);
  });
});

describe('quiet', () => {
  it.each([
    ['a used comment above', `// actor-state-disable-next-line unawaited-write\n${DROPPED}`],
    ['a used comment beside', `${DROPPED} // actor-state-disable-line`],
    [
      'a used comment with a reason',
      `${DROPPED} // actor-state-disable-line unawaited-write -- we know, unpersisted-state`,
    ],
    ['a region', `/* actor-state-disable unawaited-write */\n${DROPPED}\n/* actor-state-enable unawaited-write */`],
    ['a region to the end of the file', `/* actor-state-disable */\n${AWAITED}\n${DROPPED}`],
    ['a block of several lines', `/*\n * actor-state-disable-next-line unawaited-write\n */\n${DROPPED}`],
    ['the text in a string', AWAITED.replace("'A'", "'// actor-state-disable-line'")],
    ['the text in a template', `console.log(\`\n// actor-state-disable-next-line\n\${1}/* actor-state-disable */\`);`],
    ['the text in a regular expression', 'console.log(/[/]* actor-state-disable *[/]/);'],
    ['the text on a line between JSX tags', 'const page = <p>\n  // actor-state-disable-line\n  {1}</p>;'],
    ['the text between JSX tags', 'const page = <p>// actor-state-disable-line</p>;'],
    ['a comment that only speaks of it', '// see actor-state-disable-line\n// actor-state-disabled\n// actor-state-'],
    ['a file with syntax errors', `// actor-state-disable-next-line unawaited-write\nawait Actor.setValue('A', ;`],
    ['a finding that shows with the setting always only', alwaysOnly()],
  ])('on %s', (_, code) => {
    expectReports(unusedSuppression, START + code);
  });

  it('in JSX, where the comment stands in braces', () => {
    const code = `${START}const page = (
  <p>
    {/* actor-state-disable-next-line unawaited-write */}
    <b onClick={() => { ${DROPPED} }} />
  </p>
);`;
    expectReports(unusedSuppression, code);
  });
});

/** An Actor that runs long, has nothing to lose and listens to nothing. */
function alwaysOnly(): string {
  return `// actor-state-disable-next-line missing-migrating-handler
for await (const row of await Actor.openDataset()) console.log(row);`;
}

describe('the fix', () => {
  it.each([
    [
      'the line, where the comment is alone on it',
      `a();\n  // actor-state-disable-next-line\n  b();\n`,
      'a();\n  b();\n',
    ],
    ['the lines of a block', `a();\n/*\n actor-state-disable-line\n*/\nb();\n`, 'a();\nb();\n'],
    ['the comment beside code', `a(); // actor-state-disable-line -- why\nb();\n`, 'a();\nb();\n'],
    ['the comment before code', `/* actor-state-disable-line */ a();\n`, 'a();\n'],
    ['the comment at the end of the file', `a();\n// actor-state-disable-line`, 'a();\n'],
    ['CRLF with its line', `a();\r\n// actor-state-disable-line\r\nb();\r\n`, 'a();\r\nb();\r\n'],
    ['the braces in JSX', 'a(<p>\n  {/* actor-state-disable-line */}\n  <b />\n</p>);\n', 'a(<p>\n  <b />\n</p>);\n'],
    ['nothing but the braces between tags', 'a(<p>x {/* actor-state-disable-line */} y</p>);\n', 'a(<p>x  y</p>);\n'],
    [
      'a rule, and leaves the other and the reason',
      `${DROPPED} // actor-state-disable-line unpersisted-state, unawaited-write -- why\n`,
      `${DROPPED} // actor-state-disable-line unawaited-write -- why\n`,
    ],
    [
      'the last of several rules',
      `${DROPPED} /* actor-state-disable-line unawaited-write , unpersisted-state */\n`,
      `${DROPPED} /* actor-state-disable-line unawaited-write */\n`,
    ],
  ])('takes out %s', (_, before, after) => {
    expect(fixed(before)).toBe(after);
  });

  it('of a rule that does not exist is left to the person', () => {
    const code = `${START}${DROPPED} // actor-state-disable-line unawaited-write, unawaited-wirte\n`;
    const [report] = reportsOf(unusedSuppression, code);
    if (report === undefined) throw new Error('no report');
    expect(report.fixes).toMatchObject([
      { id: 'remove', title: 'Remove `unawaited-wirte` from the comment', safe: false },
    ]);
    expect(applyFix(code, report, 'remove')['main.js']).toBe(code.replace(', unawaited-wirte', ''));
  });
});
