import { readFileSync } from 'node:fs';

/** For tests: the folder of the rules. */
export const CATALOGUE = new URL('.', import.meta.url);

/** For tests: the page of a rule. */
export function pageOf(ruleId: string): string {
  return readFileSync(new URL(`${ruleId}/rule.md`, CATALOGUE), 'utf8').replaceAll('\r\n', '\n');
}
