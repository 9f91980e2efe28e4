import * as vscode from 'vscode';
import { tell } from '../notice.ts';

/** Why nothing runs in a folder that the person does not trust. */
const REASON =
  'Debugging an Actor and simulating its migration run the code of this folder, so they are off in Restricted Mode. Linting works here too.';

/** Whether code may be run; where it may not, the person is told why and how to change that. */
export function isTrusted(): boolean {
  if (vscode.workspace.isTrusted) return true;
  tell('warning', REASON, {
    'Manage Workspace Trust': () => vscode.commands.executeCommand('workbench.trust.manage'),
  });
  return false;
}
