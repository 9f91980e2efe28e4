// oxlint-disable typescript/no-unsafe-enum-assignment -- the editor's enums have no values outside the editor
import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { StatusItem, type StatusEditor } from './status-item.ts';

function editor() {
  const item: vscode.LanguageStatusItem = {
    id: '',
    name: undefined,
    selector: [],
    severity: 0,
    text: '',
    busy: false,
    command: undefined,
    dispose: () => undefined,
  };
  const made: StatusEditor = {
    languages: { createLanguageStatusItem: () => item },
    LanguageStatusSeverity: { Information: 0, Warning: 1, Error: 2 },
  };
  return { made, item };
}

describe('the status item', () => {
  it('says that the server starts before it is heard of', () => {
    const { made, item } = editor();
    void new StatusItem(made);
    expect(item).toMatchObject({ name: 'Actor State', busy: true, detail: 'Starting' });
  });

  it('offers a restart once the server is gone, and the output otherwise', () => {
    const { made, item } = editor();
    const status = new StatusItem(made);
    status.show({ state: 'ready', reason: '0 findings in 1 Actor', notices: [] });
    expect(item.command).toMatchObject({ command: 'actorState.showOutput' });
    status.show({ state: 'crashed', reason: 'It ended.' });
    expect(item).toMatchObject({ severity: 2, command: { command: 'actorState.restart' } });
  });
});
