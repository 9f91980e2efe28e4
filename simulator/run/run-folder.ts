import { lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { reap, systemProcesses } from '../platform/reaper.ts';
import { removeFolder } from '../platform/remove-folder.ts';
import { PROCESSES_FOLDER, startTicksOf, type ProcessIdentity } from '../preload/process-file.ts';

/** Says who looks after the folder: while one of them lives, it is not swept. */
const OWNERS = 'owners.json';
/** A folder without owners is being made, or its maker died in that moment. */
const MAKING_MS = 60_000;

/** Where a run keeps what must not outlive it: who owns it, its processes' files, their temporary folders, a fresh storage. */
export class RunFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** @throws {Error} when the temporary folder cannot be written, or somebody else has put a folder of ours there */
  static async create(runId: string): Promise<RunFolder> {
    const path = folderOfRun(runId);
    await mkdir(path, { mode: 0o700 });
    await mkdir(join(path, PROCESSES_FOLDER));
    return new RunFolder(path);
  }

  /** For a storage that goes with the run. */
  get freshStorage(): string {
    return join(this.path, 'storage');
  }

  /** Notes the living processes that look after this run: the next start of any run sweeps what they leave behind. */
  async ownedBy(pids: readonly number[]): Promise<void> {
    const file = join(this.path, OWNERS);
    // Whole or not at all: half of it would look like nobody's.
    await writeFile(`${file}.new`, JSON.stringify(pids.map(identityOf)));
    await rename(`${file}.new`, file);
  }

  /** An empty folder for the process alone: what the one before left in its own is not there. */
  async temporaryFolder(processNumber: number): Promise<string> {
    return await mkdtemp(join(this.path, `tmp-${processNumber}-`));
  }

  /** An empty folder for a copy of the Actor's, of the process alone. */
  async folderFor(processNumber: number): Promise<string> {
    return await mkdtemp(join(this.path, `actor-${processNumber}-`));
  }

  /** @throws {Error} with a sentence when something in it cannot be removed */
  async remove(): Promise<void> {
    try {
      await removeFolder(this.path);
    } catch (error) {
      throw new Error(
        `The temporary files of the run could not be removed (${messageOf(error)}). Remove ${this.path}.`,
        { cause: error },
      );
    }
  }
}

/** Where the run keeps its things while it goes on. */
export function folderOfRun(runId: string): string {
  return join(runsFolder(), runId);
}

/**
 * Ends what a hard crash has left: kills the processes of each run of this user whose owners are gone, and removes its folder.
 * What cannot be ended or removed is left to the next sweep: it is no reason not to run.
 *
 * @throws {Error} with a sentence when there can be no folder for runs
 */
export async function sweep(): Promise<void> {
  const runs = runsFolder();
  const abandoned: string[] = [];
  for (const name of await readdir(runs)) {
    const folder = join(runs, name);
    if (await isAbandoned(folder)) abandoned.push(folder);
  }
  for (const folder of abandoned) {
    await reap(folder)
      .then(async () => await removeFolder(folder))
      .catch(() => undefined);
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const owners: unknown = JSON.parse(await readFile(join(folder, OWNERS), 'utf8'));
    const known = Array.isArray(owners) ? owners.filter(isIdentity) : [];
    return (await systemProcesses.alive(known)).size === 0;
  } catch {
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      // Somebody else has swept it.
      () => 0,
    );
    return age > MAKING_MS;
  }
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return typeof value === 'object' && value !== null && 'pid' in value && 'startedAt' in value && 'startTicks' in value;
}

/** Of a process that lives: this one, or one that it has just started. */
function identityOf(pid: number): ProcessIdentity {
  const startedAt = Date.now() - (pid === process.pid ? process.uptime() * 1000 : 0);
  const startTicks = process.platform === 'linux' ? startTicksOf(readFileSync(`/proc/${pid}/stat`, 'latin1')) : 0;
  return { pid, startedAt: Math.round(startedAt), startTicks };
}

/**
 * The folder of all runs of this user. Others may write where it lies, so it must be a folder of the user's own.
 *
 * @throws {Error} with a sentence when it is not
 */
function runsFolder(): string {
  const { username, uid } = userInfo();
  const path = join(tmpdir(), `actor-state-${username.replaceAll(/[^\w.-]/g, '_')}`);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(
      `No run can be kept in ${tmpdir()} (${messageOf(error)}). Set TMPDIR to a folder that may be written.`,
      { cause: error },
    );
  }
  const stats = lstatSync(path);
  if (!stats.isDirectory() || (uid !== -1 && stats.uid !== uid))
    throw new Error(
      `${path} belongs to somebody else, so no run can be kept there. Remove it, or set TMPDIR to another folder.`,
    );
  return path;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
