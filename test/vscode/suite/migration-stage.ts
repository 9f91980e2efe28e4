import * as vscode from 'vscode';
import { linkPackages, nothingLeft, Watch } from './actor-run.ts';
import { closeAll } from './editor.ts';
import { ProductApi } from './product-api.ts';
import { writeActors } from './sample-actors.ts';

/** What the tests of a suite share. */
export interface Stage {
  readonly api: ProductApi;
  /** Of the test that runs. */
  readonly watch: Watch;
}

/** Called in a suite: sample Actors and an API for all of its tests; a watch for each, and nothing left after it. */
export function migrationStage(): Stage {
  const api = new ProductApi();
  let watch: Watch;
  before(async () => {
    await linkPackages();
    await writeActors();
    await api.listen();
  });
  after(async () => await api.close());
  beforeEach(() => {
    watch = new Watch();
  });
  afterEach(async () => {
    watch.dispose();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await nothingLeft();
    await closeAll();
  });
  return {
    api,
    get watch() {
      return watch;
    },
  };
}

export async function simulate(): Promise<void> {
  await vscode.commands.executeCommand('actorState.simulateMigration');
}
