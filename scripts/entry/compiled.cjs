'use strict';
/**
 * `require`, with the machine's work of an earlier run: V8 compiles a bundle of some megabytes once, not at each start.
 *
 * Node does so itself from 22.1 on (`module.enableCompileCache`); this is for the versions before. It keeps to Node's own
 * words: the folder is in `NODE_COMPILE_CACHE` or beside other temporary files, and `NODE_DISABLE_COMPILE_CACHE` turns it off.
 */
const { isAscii } = require('node:buffer');
const { createHash } = require('node:crypto');
const { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { Script, constants } = require('node:vm');

/** The bytes of a SHA-1. */
const HASH_LENGTH = 20;

/**
 * @param {string} file an absolute path of a CommonJS module
 * @returns {unknown} what it exports
 */
exports.requireCompiled = (file) => {
  const folder = cacheFolder();
  if (folder === undefined) return require(file);
  const source = readFileSync(file);
  const hash = createHash('sha1').update(source).digest();
  const cache = path.join(folder, `${process.version}-${process.arch}-${shortHash(file)}-${path.basename(file)}.bin`);
  const cachedData = read(cache, hash);
  const script = new Script(wrap(source.toString(isAscii(source) ? 'latin1' : 'utf8')), {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  // At the end, so that it holds what was compiled on the way too.
  if (cachedData === undefined || script.cachedDataRejected) process.once('exit', () => write(cache, hash, script));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, path.dirname(file));
  return module.exports;
};

/** The folder for what was compiled, ours alone; `undefined` where there is none. */
function cacheFolder() {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const user = process.getuid?.();
  const folder = process.env.NODE_COMPILE_CACHE || path.join(tmpdir(), `actor-state-compile-cache-${user ?? 'own'}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // What lies there is run: it must be nobody else's.
    const stats = lstatSync(folder);
    const isOurs = stats.isDirectory() && (user === undefined || (stats.uid === user && (stats.mode & 0o022) === 0));
    return isOurs ? folder : undefined;
  } catch {
    // Without a place to keep it, it is compiled again.
    return undefined;
  }
}

/** What was compiled of this very text. */
function read(cache, hash) {
  try {
    const kept = readFileSync(cache);
    return kept.subarray(0, HASH_LENGTH).equals(hash) ? kept.subarray(HASH_LENGTH) : undefined;
  } catch {
    // The first run, or a file that is being replaced.
    return undefined;
  }
}

function write(cache, hash, script) {
  const temporary = `${cache}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, Buffer.concat([hash, script.createCachedData()]), { mode: 0o600 });
    renameSync(temporary, cache);
  } catch {
    // A full disk costs the next run some time, and this one nothing.
  }
}

function shortHash(text) {
  return createHash('sha1').update(text).digest('hex').slice(0, 8);
}
