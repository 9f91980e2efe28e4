import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rules } from '../rules/index.ts';

/** The folder of the package: the bundle lies in its `dist/`, this file in its `cli/`. */
const PACKAGE_ROOT = resolve(__dirname, '..');

/** The page of a rule as a URI. It is in the package, so that the link works without a network. */
export function rulePage(ruleId: string): string | undefined {
  const page = rules.find(({ id }) => id === ruleId)?.page;
  const path = page === undefined ? undefined : join(PACKAGE_ROOT, page);
  return path !== undefined && existsSync(path) ? pathToFileURL(path).href : undefined;
}
