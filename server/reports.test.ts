import { describe, expect, it } from 'vitest';
import { toDiagnostic } from './diagnostics.ts';
import { changedFiles, reportsOf, type Reports } from './reports.ts';
import { finding } from './testing/fake-engine.ts';

const NONE: Reports = new Map();

function diagnosticOf(found: ReturnType<typeof finding>) {
  return toDiagnostic(found, {
    client: { relatedInformation: true, codeDescription: true },
    uriOf: (file) => `file://${file}`,
    pageOf: () => 'file:///page.md',
  });
}

describe('the reports of two analyses', () => {
  it('are the same object for a file whose findings are the same', () => {
    const [same, other] = [finding('/a.js'), finding('/b.js')];
    const before = reportsOf([same, other], NONE, diagnosticOf);
    const after = reportsOf([same, finding('/b.js', { message: 'Else.' })], before, diagnosticOf);
    expect(after.get('/a.js')).toBe(before.get('/a.js'));
    expect(changedFiles(before, after)).toEqual(['/b.js']);
  });

  it('have the same result where they say the same in new objects', () => {
    const before = reportsOf([finding('/a.js')], NONE, diagnosticOf);
    const after = reportsOf([finding('/a.js')], before, diagnosticOf);
    expect(changedFiles(before, after)).toEqual([]);
  });

  it('differ in severity alone', () => {
    const before = reportsOf([finding('/a.js')], NONE, diagnosticOf);
    const after = reportsOf([finding('/a.js', { severity: 'error' })], before, diagnosticOf);
    expect(changedFiles(before, after)).toEqual(['/a.js']);
  });

  it('name a file that has nothing left to say', () => {
    const before = reportsOf([finding('/a.js')], NONE, diagnosticOf);
    expect(changedFiles(before, reportsOf([], before, diagnosticOf))).toEqual(['/a.js']);
  });
});

describe('a diagnostic', () => {
  it('says what the finding says, in the words of the protocol', () => {
    const { range } = finding('/a.js');
    const found = finding('/a.js', { related: [{ file: '/b.js', range, message: '`page` is changed here' }] });
    expect(diagnosticOf(found)).toEqual({
      range,
      severity: 2,
      source: 'actor-state',
      code: 'a-rule',
      codeDescription: { href: 'file:///page.md' },
      message: 'Lost.',
      relatedInformation: [{ location: { uri: 'file:///b.js', range }, message: '`page` is changed here' }],
      data: { finding: expect.stringMatching(/^a-rule 0:0-0:5 [0-9a-f]{12}$/) },
    });
  });

  it('leaves out what the client would not understand', () => {
    const found = finding('/a.js', { related: [{ ...finding('/b.js'), message: 'related' }] });
    const plain = toDiagnostic(found, {
      client: { relatedInformation: false, codeDescription: false },
      uriOf: (file) => file,
      pageOf: () => 'file:///page.md',
    });
    expect(plain).not.toHaveProperty('relatedInformation');
    expect(plain).not.toHaveProperty('codeDescription');
  });
});
