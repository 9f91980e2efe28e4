import { ActorWorkspace } from '../../rules/index.ts';
import { memoryFileSystem } from '../../rules/workspace/memory-file-system.ts';
import { entryOf, isModuleProgram } from './program.ts';
import type { Program } from './program.ts';

/** What the analysis says of a program, without the places: a rewriting moves them. */
export interface Said {
  readonly rule: string;
  readonly severity: string;
  /** What the message names, in the order in which it does. */
  readonly named: string;
  /** For the reader of a list. */
  readonly message: string;
  readonly place: string;
}

/** As many Actors as go into one workspace: the SDK's declarations are bound once for all of them. */
const TOGETHER = 80;

/** What the analysis says of each program. */
export async function findingsOf(programs: readonly Program[]): Promise<readonly (readonly Said[])[]> {
  const said: (readonly Said[])[] = [];
  for (let from = 0; from < programs.length; from += TOGETHER)
    said.push(...(await findingsTogether(programs.slice(from, from + TOGETHER))));
  return said;
}

async function findingsTogether(programs: readonly Program[]): Promise<readonly (readonly Said[])[]> {
  const entries = programs.flatMap((program, index) => Object.entries(filesOnDisk(program, `/all/a${index}`)));
  const workspace = new ActorWorkspace('/all', memoryFileSystem(Object.fromEntries(entries)));
  const { findings, notices } = await workspace.analyse();
  workspace.dispose();
  const said = programs.map((): Said[] => []);
  for (const { ruleId, severity, message, file, range } of findings) {
    const [, number = '', name = ''] = /^\/all\/a(\d+)\/(.*)$/u.exec(file) ?? [];
    const named = [...message.matchAll(/`([^`]*)`/gu)].map(([, text]) => text).join(' ');
    said[Number(number)]?.push({ rule: ruleId, severity, named, message, place: `${name}:${range.start.line + 1}` });
  }
  for (const { file, reason } of notices) {
    const number = /^\/all\/a(\d+)/u.exec(file)?.[1] ?? '';
    said[Number(number)]?.push({
      rule: 'notice',
      severity: 'error',
      named: '',
      message: reason.slice(0, 300),
      place: file,
    });
  }
  return said;
}

/** The folder of an Actor with this program. */
export function filesOnDisk(program: Program, folder: string): Readonly<Record<string, string>> {
  const manifest = {
    name: 'actor',
    version: '0.0.1',
    main: entryOf(program),
    ...(isModuleProgram(program) ? { type: 'module' } : {}),
    dependencies: {
      [program.sdk.package]: program.sdk.version,
      ...(program.sdk.version.startsWith('3') ? { crawlee: '3.18.1' } : {}),
    },
  };
  const files = Object.entries(program.files).map(([name, text]) => [`${folder}/${name}`, text]);
  return { [`${folder}/package.json`]: JSON.stringify(manifest), ...Object.fromEntries(files) };
}
