import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { debugActor, ended, nothingLeft, writeInput } from './actor-run.ts';
import { openDocument, workspaceFolder } from './editor.ts';
import { migrationStage } from './migration-stage.ts';

/** Launch configurations that start nothing; the person gets a sentence (client/debugging, *.test.ts). */
const REFUSED: readonly (readonly [string, object])[] = [
  ['a watcher', { cwd: 'watched' }],
  ['an amount that is none', { cwd: 'listening', graceSeconds: 'ten' }],
  ['a folder that is not there', { cwd: 'nowhere' }],
  ['a folder with nothing to start', { cwd: 'empty' }],
  ['a package.json that is no JSON', { cwd: 'broken' }],
  ['a module that is not there', { cwd: 'listening', program: 'src/nowhere.js' }],
];

describe('an Actor that cannot be migrated', function () {
  this.timeout(240_000);
  const stage = migrationStage();
  const { api } = stage;
  before(async () => {
    await openDocument('listening/src/main.js');
    api.reset({ products: 60, holdFrom: 3 });
    await writeInput('listening', { apiUrl: api.url });
  });

  for (const [what, fields] of REFUSED) {
    it(`is not started: ${what}`, async () => {
      const configuration = { type: 'apify-actor', request: 'launch', name: what, ...fields };
      assert.equal(await vscode.debug.startDebugging(workspaceFolder(), configuration), false);
    });
  }

  it('ends with an Actor that throws at its start, and says so', async () => {
    await ended(await debugActor('throwing'));
    await stage.watch.until(/nowhere\.js/);
    await stage.watch.until(/ended.* code 1/s);
  });

  it('says so where somebody else has killed the Actor', async () => {
    const session = await debugActor('listening');
    const over = ended(session);
    await api.askedFor(3);
    const { result }: { result: string } = await session.customRequest('evaluate', {
      expression: 'process.pid',
      context: 'repl',
    });
    process.kill(Number(result), 'SIGKILL');
    await over;
    await stage.watch.until(/the Actor was ended by a signal/);
  });

  it('says so where the storage is a file', async () => {
    await ended(await debugActor('listening', { storage: 'package.json' }));
    await stage.watch.until(/package\.json.*(?:folder|directory)/);
  });

  it('leaves no port open that was not open before', async () => {
    const before = openPorts();
    const session = await debugActor('listening');
    await api.askedFor(3);
    const over = ended(session);
    await vscode.debug.stopDebugging(session);
    await over;
    await nothingLeft();
    assert.deepEqual(
      openPorts().filter((port) => !before.includes(port)),
      [],
    );
  });
});

/** The ports on which this extension host listens; what else belongs to a run is gone with its process. */
function openPorts(): readonly string[] {
  if (process.platform !== 'linux') return [];
  const sockets = new Set(readdirSync('/proc/self/fd').flatMap((fd) => socketAt(`/proc/self/fd/${fd}`) ?? []));
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(inode ?? ''))
    .map(([, address]) => address ?? '');
}

function socketAt(path: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
  } catch {
    // It was closed meanwhile.
    return undefined;
  }
}
