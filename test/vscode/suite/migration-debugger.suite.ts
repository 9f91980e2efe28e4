import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { debugActor, ended, nothingLeft, writeInput } from './actor-run.ts';
import { openDocument, uriOf } from './editor.ts';
import { migrationStage, simulate } from './migration-stage.ts';
import { placeOf } from './sample-actors.ts';

describe('the debugger in a migration', function () {
  this.timeout(240_000);
  const stage = migrationStage();
  const { api } = stage;
  beforeEach(async () => {
    api.reset({ products: 60, holdFrom: 3 });
    await openDocument('listening/src/main.js');
  });

  it('stops in the listener, and time stands still there', async () => {
    await writeInput('listening', { apiUrl: api.url });
    breakAt('listening/src/main.js', 'const position');
    const session = await debugActor('listening', { graceSeconds: 1 });
    const over = ended(session);
    await api.askedFor(3);
    const migrated = simulate();
    const stopped = await stage.watch.stopped();
    assert.equal(await lineOf(stopped), placeOf('listening/src/main.js', 'const position').line);
    // Nothing happens that could be waited for: twice the grace period, in which the process would die.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.ok(!stage.watch.lines.some((line) => /killed/.test(line)), stage.watch.lines.join(''));
    await stage.watch.goOn();
    await migrated;
    await api.askedFor(3, 2);
    api.release();
    await over;
    const verdict = await stage.watch.verdict(/The run has ended/);
    assert.match(verdict, /Resumed/);
    assert.match(verdict, /a debugger held the Actor/);
  });

  it('stops in the listener once, where nobody has set a breakpoint', async () => {
    await writeInput('listening', { apiUrl: api.url });
    const session = await debugActor('listening');
    const over = ended(session);
    await api.askedFor(3);
    const migrated = vscode.commands.executeCommand('actorState.simulateMigrationAndStop');
    const stopped = await stage.watch.stopped();
    assert.equal(await lineOf(stopped), placeOf('listening/src/main.js', 'const position').line);
    assert.deepEqual(vscode.debug.breakpoints, [], 'the breakpoint is gone');
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await migrated;
    await api.askedFor(3, 2);
    api.release();
    await over;
  });

  it('stops at breakpoints in TypeScript that tsx runs, in both processes', async () => {
    await writeInput('typed', { apiUrl: api.url });
    breakAt('typed/src/main.ts', 'const { apiUrl }');
    const session = await debugActor('typed');
    const over = ended(session);
    const { line } = placeOf('typed/src/main.ts', 'const { apiUrl }');
    assert.equal(await lineOf(await stage.watch.stopped(1)), line);
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await api.askedFor(3);
    await simulate();
    assert.equal(await lineOf(await stage.watch.stopped(2)), line);
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await api.askedFor(3, 2);
    api.release();
    await over;
    assert.match(await stage.watch.verdict(/The run has ended/), /Resumed/);
  });

  it('leaves nothing behind when it is stopped in the middle of a grace period', async () => {
    await writeInput('listening', { apiUrl: api.url });
    breakAt('listening/src/main.js', 'const position');
    const session = await debugActor('listening');
    const over = ended(session);
    await api.askedFor(3);
    const migrated = simulate();
    await stage.watch.stopped();
    await vscode.commands.executeCommand('workbench.action.debug.stop');
    await over;
    await migrated;
    await nothingLeft();
  });

  it('is not needed: an Actor that runs without debugging is migrated too', async () => {
    await writeInput('listening', { apiUrl: api.url });
    const session = await debugActor('listening', {}, { noDebug: true });
    const over = ended(session);
    await api.askedFor(3);
    await simulate();
    await api.askedFor(3, 2);
    api.release();
    await over;
    assert.match(await stage.watch.verdict(/The run has ended/), /Resumed/);
  });

  it('is offered to a session of plain Node, which cannot be migrated', async () => {
    const plain = { type: 'node', request: 'launch', name: 'plain', program: uriOf('plain.js').fsPath };
    await vscode.workspace.fs.writeFile(uriOf('plain.js'), new TextEncoder().encode('setInterval(() => {}, 1000);'));
    const started = new Promise<vscode.DebugSession>((resolve) => {
      const subscription = vscode.debug.onDidStartDebugSession((session) => {
        subscription.dispose();
        resolve(session);
      });
    });
    assert.ok(await vscode.debug.startDebugging(undefined, plain));
    const session = await started;
    await simulate();
    assert.ok(!stage.watch.lines.some((line) => /migrating/.test(line)));
    const over = ended(session);
    await vscode.debug.stopDebugging(session);
    await over;
    await vscode.workspace.fs.delete(uriOf('plain.js'));
  });

  it('answers for the Actor in the Debug Console', async () => {
    await writeInput('listening', { apiUrl: api.url });
    const session = await debugActor('listening');
    await api.askedFor(3);
    const answer: unknown = await session.customRequest('evaluate', { expression: 'process.argv[1]', context: 'repl' });
    assert.match(JSON.stringify(answer), /listening\/src\/main\.js/);
  });

  it('starts a new run when it is restarted', async () => {
    await writeInput('listening', { apiUrl: api.url });
    const session = await debugActor('listening');
    await api.askedFor(3);
    const over = ended(session);
    await vscode.commands.executeCommand('workbench.action.debug.restart');
    await over;
    await api.askedFor(3, 2);
    assert.deepEqual(api.asked, [1, 2, 3, 1, 2, 3]);
  });
});

function breakAt(path: string, text: string): void {
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(uriOf(path), placeOf(path, text)))]);
}

/** The line, from 0, at which a session is stopped. */
async function lineOf(session: vscode.DebugSession): Promise<number> {
  const { threads }: { threads: { id: number }[] } = await session.customRequest('threads');
  const { stackFrames }: { stackFrames: { line: number }[] } = await session.customRequest('stackTrace', {
    threadId: threads[0]?.id,
  });
  return (stackFrames[0]?.line ?? 0) - 1;
}
