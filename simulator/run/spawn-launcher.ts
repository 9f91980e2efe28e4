import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { ProcessExit } from '../recording.ts';
import { programOf } from './command.ts';
import type { Launch, Launched, Launcher } from './launcher.ts';
import { scriptsIn } from './manifest.ts';
import { RunProblem } from './run.ts';
import { watcherIn } from './watchers.ts';

const LAST_WORDS_MS = 2000;

export interface SpawnOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** The Actor's folder. */
  readonly cwd: string;
  /** `inherit`: the Actor prints where the face does. Else both streams go to the function as they come. */
  readonly output: 'inherit' | ((chunk: Buffer, stream: 'stdout' | 'stderr') => void);
}

/**
 * Starts a run's processes from a command, as a terminal would. Each gets a process group of its own, so that Ctrl+C
 * reaches the face alone, which then ends the run.
 */
export function spawnLauncher(options: SpawnOptions): Launcher {
  return {
    async start(launch) {
      refuseWatcher(options);
      return await start(options, launch);
    },
  };
}

async function start({ command, output, ...options }: SpawnOptions, launch: Launch): Promise<Launched> {
  const { environment, folder: cwd = options.cwd } = launch;
  const { file, args, shell } = programOf(command, cwd, environment);
  const stdio = output === 'inherit' ? 'inherit' : 'pipe';
  const child = spawn(file, args, {
    cwd,
    env: environment,
    shell,
    stdio: ['ignore', stdio, stdio],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  if (output !== 'inherit') {
    for (const name of ['stdout', 'stderr'] as const) {
      const decoder = new StringDecoder('utf8');
      child[name]?.on('data', (chunk: Buffer) => {
        output(chunk, name);
        launch.log(decoder.write(chunk));
      });
    }
  }
  const exited = exitOf(child);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new RunProblem('not-started', whyNotStarted(error, command, cwd));
  }
  return {
    exited,
    async stop() {
      // Nothing of it lives any more, so what it printed last is read to the end; but a process that nobody could know to be
      // the run's, as there may be where the system tells little, would hold the streams open.
      const letGo = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, LAST_WORDS_MS);
      await closed;
      clearTimeout(letGo);
    },
  };
}

async function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return await new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code: code ?? undefined, signal: signal ?? undefined }));
  });
}

function whyNotStarted(error: unknown, command: readonly string[], cwd: string): string {
  const [program = ''] = command;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (!existsSync(cwd)) return `There is no folder ${cwd} to start the Actor in. Check the path.`;
  if (code === 'ENOENT' && command.length === 1 && /\s/.test(program))
    return `There is no program that is called \`${program}\`. Give the command without quotes around it, each argument for itself.`;
  if (code === 'ENOENT')
    return `\`${program}\` could not be started: there is no such program on the PATH or in ${cwd}. Check the command, such as \`node src/main.js\` or \`npm start\`.`;
  if (code === 'EACCES')
    return `\`${program}\` could not be started: it is no program that may be run. To run a file, start it with Node: \`node ${program}\`.`;
  return `\`${command.join(' ')}\` could not be started in ${cwd}: ${error instanceof Error ? error.message : String(error)}`;
}

/** @throws {RunProblem} `watcher` when the command, or the script that it stands for, restarts the Actor by itself */
function refuseWatcher({ command, cwd }: SpawnOptions): void {
  const watcher = watcherIn(command, scriptsIn(cwd));
  if (watcher === undefined) return;
  throw new RunProblem(
    'watcher',
    `\`${command.join(' ')}\` runs the Actor with \`${watcher}\`, which restarts it by itself: after a kill nobody could tell whose restart it is. Give a command that starts it once, such as \`node src/main.js\` or \`npx tsx src/main.ts\`.`,
  );
}
