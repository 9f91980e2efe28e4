import { strict as assert } from 'node:assert';
import { debugActor, ended, itemsOf, writeInput } from './actor-run.ts';
import { openDocument } from './editor.ts';
import { migrationStage, simulate } from './migration-stage.ts';

describe('migrating an Actor under the debugger', function () {
  this.timeout(240_000);
  const stage = migrationStage();
  const { api } = stage;
  // Any JavaScript file starts the extension.
  before(async () => void (await openDocument('protected/src/main.js')));

  it('goes on where it was: resumed', async () => {
    api.reset({ products: 100, holdFrom: 4 });
    await writeInput('protected', { apiUrl: api.url, pageSize: 10 });
    const session = await debugActor('protected');
    const over = ended(session);
    await api.askedFor(4);
    await simulate();
    await api.askedFor(4, 2);
    api.release();
    await over;
    const verdict = await stage.watch.verdict(/The run has ended/);
    assert.match(verdict, /Resumed/);
    assert.match(verdict, /protected\/src\/main\.js#L12/, 'a link to the line that keeps the state');
    assert.deepEqual(idsOf('protected'), numbers(100));
    await stage.watch.until(/the Actor has ended with code 0/);
  });

  it('begins again where nothing was saved: restarted from zero', async () => {
    api.reset({ products: 100, holdFrom: 4 });
    await writeInput('unprotected-counter', { apiUrl: api.url, pageSize: 10 });
    const session = await debugActor('unprotected-counter');
    const over = ended(session);
    await api.askedFor(4);
    api.holdFrom(Infinity);
    await simulate();
    await over;
    assert.match(await stage.watch.verdict(/The run has ended/), /Restarted from zero/);
    assert.deepEqual(idsOf('unprotected-counter'), [...numbers(30), ...numbers(100)]);
  });

  it('is migrated twice in one session', async () => {
    api.reset({ products: 100, holdFrom: 3 });
    await writeInput('protected', { apiUrl: api.url, pageSize: 10 });
    const session = await debugActor('protected');
    const over = ended(session);
    await api.askedFor(3);
    await simulate();
    await api.askedFor(3, 2);
    api.releaseBefore(6);
    await api.askedFor(6);
    await simulate();
    await stage.watch.until(/process 3 started/);
    await api.askedFor(6, 2);
    api.release();
    await over;
    const verdict = await stage.watch.verdict(/The run has ended/);
    assert.match(verdict, /Resumed/);
    assert.match(verdict, /Migration 2/);
    assert.deepEqual(idsOf('protected'), numbers(100));
  });

  it('waits for an Actor that does not listen yet', async () => {
    api.reset({ products: 100, holdFrom: 2 });
    await writeInput('protected', { apiUrl: api.url, pageSize: 10 });
    const session = await debugActor('protected');
    const over = ended(session);
    // At once: npm has not even started the Actor.
    await simulate();
    await stage.watch.until(/process 2 started/);
    api.release();
    await over;
    assert.deepEqual(idsOf('protected'), numbers(100));
  });

  it('joins a migration that goes on instead of beginning another', async () => {
    api.reset({ products: 100, holdFrom: 4 });
    await writeInput('protected', { apiUrl: api.url, pageSize: 10 });
    const session = await debugActor('protected');
    const over = ended(session);
    await api.askedFor(4);
    await Promise.all([simulate(), simulate(), simulate()]);
    await api.askedFor(4, 2);
    api.release();
    await over;
    assert.deepEqual(stage.watch.lines.filter((line) => /migrating:/.test(line)).length, 1);
    assert.deepEqual(stage.watch.lines.filter((line) => /process \d started/.test(line)).length, 1);
  });
});

function idsOf(sample: string): readonly number[] {
  return itemsOf(sample).map(({ id }) => id);
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
