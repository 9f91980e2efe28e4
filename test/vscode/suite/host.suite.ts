import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

describe('the VS Code of the tests', () => {
  it('says its version', () => {
    assert.match(vscode.version, /^1\.\d+\.\d+/);
  });

  it('has the copy of test-workspace open', () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders?.map((folder) => folder.name),
      ['test-workspace'],
    );
  });

  it('has the extension', () => {
    assert.ok(vscode.extensions.getExtension('actor-state.actor-state'));
  });
});
