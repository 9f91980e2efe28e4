import { describe, expect, it } from 'vitest';

import { SourceProject } from './source-project.ts';
import { SpokenNames } from './spoken-names.ts';

const isSpoken = (text: string, name: string): boolean => {
  const project = new SourceProject(() => undefined);
  project.setText('/actor/main.js', text);
  const file = project.sourceFile('/actor/main.js');
  return new SpokenNames(file === undefined ? [] : [file]).has(name);
};

describe('a name', () => {
  it('is not spoken where it is only read as a member', () => {
    expect(isSpoken('text.trim().split(",").map((word) => word.trim());', 'trim')).toBe(false);
    expect(isSpoken('if (store?.save === other.save) store.save();', 'save')).toBe(false);
  });

  it.each([
    ['a function', 'function save() {}'],
    ['a method', 'class Store { save() {} }'],
    ['a private method', 'class Store { #save() {} }', '#save'],
    ['a property', 'const store = { save: async () => {} };'],
    ['a property in quotes', "const store = { 'save': async () => {} };"],
    ['a property under a constant', "const KEY = 'save'; const store = { [KEY]: async () => {} };"],
    ['a shorthand', 'const save = other; const store = { save };'],
    ['a member that is assigned to', 'exports.save = () => {};'],
    ['a renamed export', 'export { write as save };'],
    ['a parameter', 'export const make = (save) => ({ save });'],
    ['a default export', 'export default () => {};', 'default'],
    ['a class by its constructor', 'const other = new store.constructor();', 'constructor'],
    ["the SDK's", '', 'pushData'],
  ])('is spoken as %s', (_, text, name = 'save') => {
    expect(isSpoken(text, name)).toBe(true);
  });
});
