import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder of the package: the bundle lies in its `dist/`. */
const PACKAGE_ROOT = resolve(__dirname, '..');

/** The rules' pages as URIs, by rule id. They are in the package, so that the link works without a network. */
export function rulePages(
  rules: readonly { readonly id: string; readonly page: string }[],
): ReadonlyMap<string, string> {
  const pages = rules.map(({ id, page }) => [id, join(PACKAGE_ROOT, page)] as const);
  return new Map(pages.filter(([, page]) => existsSync(page)).map(([id, page]) => [id, pathToFileURL(page).href]));
}
