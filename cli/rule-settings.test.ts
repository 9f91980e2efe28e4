import { expect, test } from 'vitest';
import { parseRuleSettings } from './rule-settings.ts';

const ids = ['missing-migrating-handler', 'unpersisted-state', 'unawaited-write'];

test('reads a severity for each rule; the last one counts', () => {
  const values = ['unawaited-write=off', 'unpersisted-state=hint', 'unawaited-write=error'];
  expect(parseRuleSettings(values, ids)).toEqual({ 'unawaited-write': 'error', 'unpersisted-state': 'hint' });
});

test.each([
  ['unawaited-wirte=off', 'there is no rule "unawaited-wirte"; did you mean unawaited-write?'],
  ['no-such-thing=off', 'there is no rule "no-such-thing"; the rules are missing-migrating-handler, '],
  ['unawaited-write', 'a rule is set with id=severity, for example --rule unawaited-write=error'],
  ['unawaited-write=warn', '"warn" is no severity; choose one of off, hint, information, warning, error'],
  ['unawaited-write=default', '"default" is no severity'],
])('answers --rule %s with what is right', (value, message) => {
  expect(() => parseRuleSettings([value], ids)).toThrow(message);
});
