import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ts } from 'ts-morph';

import { isTypeScript } from './parsed.ts';
import { entryOf, isModuleProgram } from './program.ts';
import type { Program } from './program.ts';

/** What a program did when it was run: a line for each thing that it asked of the world around it. */
export interface RunRecord {
  readonly lines: readonly string[];
  /** What its key-value stores held at the end. */
  readonly records: readonly (readonly [string, string])[];
}

/** A run, and a second one that finds the records of the first. */
export interface Behaviour {
  readonly first: RunRecord;
  readonly second: RunRecord;
}

/**
 * Runs programs beside packages that write down what they are asked.
 *
 * @param root the folder of the project
 * @throws {Error} with what the process said, when it does not end well
 */
export function behavioursOf(programs: readonly Program[], root: string): readonly Behaviour[] {
  const first = recordsOf(
    programs.map((program) => runnable(program, [])),
    root,
  );
  const second = recordsOf(
    programs.map((program, index) => runnable(program, first[index]?.records ?? [])),
    root,
  );
  return first.map((one, index) => ({ first: one, second: second[index] ?? one }));
}

function recordsOf(programs: readonly unknown[], root: string): readonly RunRecord[] {
  const script = join(root, 'test/metamorphic/running/run.mjs');
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', script],
    { input: JSON.stringify(programs), encoding: 'utf8', maxBuffer: 1 << 30, timeout: 120_000 },
  );
  if (status !== 0) throw new Error(`the programs could not be run: ${error?.message ?? ''} ${stderr.slice(0, 2000)}`);
  const records: readonly RunRecord[] = JSON.parse(stdout);
  return records;
}

function runnable(program: Program, records: RunRecord['records']): unknown {
  const files = Object.fromEntries(
    Object.entries(program.files).map(([name, text]) => [name.replace(/\.ts$/u, '.js'), javaScriptOf(name, text)]),
  );
  return {
    files,
    entry: entryOf(program).replace(/\.ts$/u, '.js'),
    isModule: isModuleProgram(program),
    isLegacy: /^[0-2]\./u.test(program.sdk.version),
    records,
  };
}

const compiled = new Map<string, string>();

function javaScriptOf(name: string, text: string): string {
  if (!isTypeScript(name)) return text;
  const known =
    compiled.get(text) ??
    ts.transpileModule(text, {
      fileName: name,
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    }).outputText;
  compiled.set(text, known);
  return known;
}
