import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure-installed.mjs';

const catalogue = join(root, 'rules', 'catalogue');

/** The ids of the rules: a folder of the catalogue is a rule. */
export function ruleFolders() {
  return readdirSync(catalogue, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** `missing-init` is exported by its module as `missingInit`. @param {string} id */
export function nameOfRule(id) {
  return id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/** The module that imports each rule: bundlers and the compiler want names, not a folder. */
export const allRules = {
  name: 'the list of the rules',
  file: 'rules/catalogue/all-rules.ts',
  text() {
    const ids = ruleFolders();
    const imports = ids.map((id) => `import { ${nameOfRule(id)} } from './${id}/rule.ts';`);
    return `// Written by \`npm run generate\` from the folders beside it: do not edit.
import type { Rule } from './rule.ts';
${imports.join('\n')}

/** Every rule, by its folder's name. */
export const allRules: readonly Rule[] = [
${ids.map((id) => `  ${nameOfRule(id)},`).join('\n')}
];
`;
  },
};
