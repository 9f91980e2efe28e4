/**
 * Runs programs and writes down what they do. In: a JSON array of `{ files, entry, isModule, isLegacy, records }` on stdin, where files are in JavaScript.
 * Out: a JSON array of `{ lines, records }`. Needs --experimental-vm-modules: modules are linked in memory, so that loading one takes no time.
 */
import { readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { posix } from 'node:path';
import vm from 'node:vm';

import { Recorder } from './recorder.mjs';
import { globalsFor, packagesFor } from './surroundings.mjs';
import { unknown } from './unknown.mjs';

const nextTurn = setImmediate;
const realRequire = createRequire(import.meta.url);
process.env['SITE'] = 'https://site.test';
process.on('unhandledRejection', (error) => current?.say(`unhandled: ${error?.message}`));
let current;

async function run({ files, entry, isModule, isLegacy, records }) {
  const recorder = new Recorder(records);
  current = recorder;
  const globals = globalsFor(recorder);
  const before = Object.fromEntries(Object.keys(globals).map((name) => [name, globalThis[name]]));
  const exit = Object.getOwnPropertyDescriptor(process, 'exit');
  Object.assign(globalThis, globals);
  process.exit = (code) => {
    recorder.say(`process.exit(${code})`);
    recorder.isOver = true;
    throw new Error('The process has ended');
  };
  const loaded = new Loader(files, packagesFor(recorder), isModule, isLegacy, recorder);
  try {
    void loaded.start(entry).then(
      () => recorder.say('the entry point is done'),
      (error) => recorder.fail(error),
    );
    do for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => nextTurn(done));
    while (recorder.step());
  } finally {
    recorder.isOver = true;
    Object.assign(globalThis, before);
    if (exit !== undefined) Object.defineProperty(process, 'exit', exit);
  }
  return { lines: recorder.lines, records: [...recorder.records] };
}

/** The modules of one run. */
class Loader {
  #modules = new Map();
  #required = new Map();

  constructor(files, packages, isModule, isLegacy, recorder) {
    Object.assign(this, { files, packages, isModule, isLegacy, recorder });
  }

  async start(entry) {
    if (!this.isModule) this.#require(`/${entry}`);
    else await this.#evaluated(`/${entry}`);
  }

  async #evaluated(path) {
    const module = await this.#module(path);
    if (module.status === 'unlinked')
      await module.link((specifier, { identifier }) => this.#module(this.#resolved(specifier, identifier)));
    if (module.status === 'linked') module.evaluation = module.evaluate();
    await module.evaluation;
    return module;
  }

  async #module(path) {
    const known = this.#modules.get(path);
    if (known !== undefined) return known;
    const module = path.startsWith('/') ? this.#sourceModule(path) : this.#packageModule(path);
    this.#modules.set(path, module);
    return module;
  }

  #sourceModule(path) {
    return new vm.SourceTextModule(this.#text(path), {
      identifier: path,
      importModuleDynamically: async (specifier) => this.#evaluated(this.#resolved(specifier, path)),
      initializeImportMeta: (meta) => Object.assign(meta, { url: `file://${path}` }),
    });
  }

  #packageModule(name) {
    const exported = this.#package(name);
    const names = [...new Set([...Object.keys(exported), 'default'])];
    return new vm.SyntheticModule(names, function setAll() {
      for (const each of names)
        this.setExport(each, each === 'default' ? (exported.default ?? exported) : exported[each]);
    });
  }

  #package(name) {
    const plain = name.replace(/^node:/u, '');
    if (plain === 'apify') return this.isLegacy ? this.packages.legacy : this.packages.apify;
    if (plain === 'crawlee' || plain.startsWith('@crawlee/')) return this.packages.crawlee;
    if (plain in this.packages) return this.packages[plain];
    if (builtinModules.includes(plain) && /^(?:path|os|url|util|events|crypto)$/u.test(plain))
      return realRequire(`node:${plain}`);
    return this.#recordedPackage(plain);
  }

  #recordedPackage(name) {
    const files = new Map();
    if (/^fs(?:\/promises)?$/u.test(name)) {
      const sync = {
        existsSync: (file) => files.has(String(file)),
        readFileSync: (file) => files.get(String(file)) ?? '{}',
        writeFileSync: (file, text) => {
          this.recorder.say(`writeFileSync(${JSON.stringify(text)})`);
          files.set(String(file), text);
        },
        mkdirSync: () => undefined,
      };
      const later =
        (call) =>
        (...given) =>
          this.recorder.slow('fs', given.map(String), () => call(...given));
      const promises = {
        readFile: later(sync.readFileSync),
        writeFile: later(sync.writeFileSync),
        mkdir: later(() => undefined),
      };
      return { ...sync, ...promises, promises };
    }
    return { default: unknown(this.recorder, name) };
  }

  #require(path) {
    const known = this.#required.get(path);
    if (known !== undefined) return known.exports;
    if (!path.startsWith('/')) return this.#package(path);
    const module = { exports: {} };
    this.#required.set(path, module);
    const code = vm.compileFunction(this.#text(path), ['require', 'module', 'exports', '__dirname', '__filename'], {
      filename: path,
    });
    code((specifier) => this.#require(this.#resolved(specifier, path)), module, module.exports, '/', path);
    return module.exports;
  }

  #text(path) {
    const text = this.files[path.slice(1)];
    if (text === undefined) throw new Error(`there is no file ${path}`);
    return text;
  }

  #resolved(specifier, from) {
    if (!specifier.startsWith('.')) return specifier;
    const target = posix.join(posix.dirname(from), specifier);
    return [target, `${target}.js`].find((each) => each.slice(1) in this.files) ?? target;
  }
}

const asked = JSON.parse(readFileSync(0, 'utf8'));
const answers = [];
for (const each of asked) answers.push(await run(each));
process.stdout.write(JSON.stringify(answers));
