import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rules } from '../rules/index.ts';

/** The folder of the package: the bundle lies in its `dist/`, this file in its `cli/`. */
const PACKAGE_ROOT = resolve(__dirname, '..');

/** The page of a rule as Markdown. It is in the package, so that it can be told without a network. */
export function rulePageText(ruleId: string): string | undefined {
  const page = rules.find(({ id }) => id === ruleId)?.page;
  const path = page === undefined ? undefined : join(PACKAGE_ROOT, page);
  return path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
