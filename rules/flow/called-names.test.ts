import { describe, expect, it } from 'vitest';

import { codeOf } from './code-fixture.ts';

/** The calls that may call something named `save`, as they are written. */
function callsOfSave(files: Readonly<Record<string, string>>): readonly string[] {
  const { code } = codeOf(files);
  return [...code.callsNamed('save')].map((call) => call.getText()).toSorted();
}

describe('the calls that may call a function of a name', () => {
  it.each([
    ['save(1); other(2);', ['save(1)']],
    ['store.save(1); store["save"](2); new save(3);', ['new save(3)', 'store.save(1)', 'store["save"](2)']],
    ['save.call(store, 1); other.call(store, 2);', ['save.call(store, 1)']],
    ['Reflect.apply(save, store, [1]);', ['Reflect.apply(save, store, [1])']],
    ['save.bind(store)(1);', ['save.bind(store)(1)']],
    ['const keep = save; keep(1);', ['keep(1)']],
    ['const keep = store.save; const put = keep; put(1);', ['put(1)']],
    ['const { save: keep } = store; keep(1);', ['keep(1)']],
    ['const store = { keep: save }; store.keep(1); store.other(2);', ['store.keep(1)']],
    ['class Store { keep = save; run() { this.keep(1); this.other(2); } }', ['this.keep(1)']],
    ['let keep; keep = isLocal ? save : other; keep(1);', ['keep(1)']],
    ['function run(task, other) { task(1); } run2(2);', ['task(1)']],
    ['for (const step of steps) step(1);', ['step(1)']],
    ['const keep = saver(1); keep(2);', ['keep(2)']],
    ['steps[name](1); (isLocal ? save : other)(2);', ['(isLocal ? save : other)(2)', 'steps[name](1)']],
    ['const keep = function save() {}; keep(1);', ['keep(1)']],
    ['class Store { get keep() { return save; } } store.keep(1);', ['store.keep(1)']],
  ])('%s', (text, calls) => {
    expect(callsOfSave({ 'main.js': text })).toEqual(calls);
  });

  it('in other modules, under the names that imports and exports give', () => {
    const files = {
      'store.js': 'export function save() {}\nexport { save as put };',
      'main.js': "import { put as keep } from './store.js';\nkeep(1); put(2);",
      'objects.js': "import { save } from './store.js';\nexport const store = { keepAll: save };",
      'end.js': "import { store } from './objects.js';\nstore.keepAll(3); keepAll(4);",
    };
    expect(callsOfSave(files)).toEqual(['keep(1)', 'keepAll(4)', 'put(2)', 'store.keepAll(3)']);
  });
});
