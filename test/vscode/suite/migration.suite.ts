import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import {
  Console,
  debugActor,
  ended,
  itemsOf,
  linkPackages,
  nothingLeft,
  verdictUntil,
  writeInput,
} from './actor-run.ts';
import { closeAll, openDocument } from './editor.ts';
import { ProductApi } from './product-api.ts';

const simulate = async (): Promise<void> => await vscode.commands.executeCommand('actorState.simulateMigration');

describe('migrating an Actor under the debugger', function () {
  this.timeout(90_000);
  let api: ProductApi;
  let console: Console;

  before(async () => {
    await linkPackages();
    api = await ProductApi.start();
    // Any JavaScript file starts the extension.
    await openDocument('protected/src/main.js');
  });
  after(async () => await api.close());
  beforeEach(() => {
    console = new Console();
  });
  afterEach(async () => {
    console.dispose();
    await vscode.debug.stopDebugging();
    await nothingLeft();
    await closeAll();
  });

  it('goes on where it was: resumed', async () => {
    api.reset({ products: 100, holdFrom: 4 });
    await writeInput('protected', { apiUrl: api.url, pageSize: 10 });
    const session = await debugActor('protected');
    const over = ended(session);
    await api.askedFor(4);
    await simulate();
    await console.until(/process 2 started/);
    await api.askedFor(4, 2);
    api.release();
    await over;
    await verdictUntil(/resumed/i);
    assert.deepEqual(
      itemsOf('protected').map(({ id }) => id),
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });
});
