import type { ClientCapabilities, CodeAction, TextDocumentEdit } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { actor, ActorFolder, UNAWAITED } from './testing/actor-folder.ts';
import { OpenDocument } from './testing/documents.ts';
import { PlainClient, PULLS } from './testing/plain-client.ts';

const OLD: ClientCapabilities = {
  ...PULLS,
  workspace: {},
  textDocument: {
    ...PULLS.textDocument,
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};
const twice = actor(`${UNAWAITED}\n${UNAWAITED.replace('state', 'other')}`);

async function opened(folder: ActorFolder, capabilities: ClientCapabilities, text: string) {
  folder.write('main.js', text);
  const client = await PlainClient.start({ capabilities, folders: [folder.path] });
  const document = await OpenDocument.open(client, folder.uri('main.js'), text);
  const diagnostics = await document.diagnostics();
  return { client, document, diagnostics };
}

function singleEdit(action: CodeAction | undefined): TextDocumentEdit {
  const [edit, ...others] = action?.edit?.documentChanges ?? [];
  if (!edit || !('edits' in edit) || others.length > 0) throw new Error('not one edited document');
  return edit;
}

describe('the fixes of a finding', () => {
  it('are offered where it is, with its diagnostic, the safe one preferred, and nothing built yet', async () => {
    using folder = new ActorFolder({});
    const { client, document, diagnostics } = await opened(folder, PULLS, actor(UNAWAITED));
    await using _ = client;
    const [diagnostic] = diagnostics;
    if (!diagnostic) throw new Error('no finding');
    const { start } = diagnostic.range;
    const actions = await document.codeActions({ start, end: start }, [diagnostic]);
    expect(actions[0]).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [diagnostic] });
    expect(actions.every(({ edit }) => edit === undefined)).toBe(true);
    const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    expect(await document.codeActions(elsewhere, [])).toEqual([]);
    expect(await document.codeActions(diagnostic.range, [], ['refactor'])).toEqual([]);
  });

  it('are not offered while the file does not parse', async () => {
    using folder = new ActorFolder({});
    const { client, document, diagnostics } = await opened(folder, PULLS, `${actor(UNAWAITED)}if (`);
    await using _ = client;
    const [diagnostic] = diagnostics;
    if (!diagnostic) throw new Error('no finding');
    const titles = (await document.codeActions(diagnostic.range, [diagnostic])).map(({ title }) => title);
    expect(titles).toEqual(['Suppress `unawaited-write` on this line']);
    expect(await document.codeActions(diagnostic.range, [diagnostic], ['source.fixAll'])).toEqual([]);
  });

  it('are built when one is chosen, for the version that is open, and leave no finding', async () => {
    using folder = new ActorFolder({});
    const { client, document, diagnostics } = await opened(folder, PULLS, actor(UNAWAITED));
    await using _ = client;
    const [diagnostic] = diagnostics;
    if (!diagnostic) throw new Error('no finding');
    const [action] = await document.codeActions(diagnostic.range, [diagnostic]);
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    expect(document.applied(singleEdit(resolved))).toBe(actor(`await ${UNAWAITED}`));
    await document.replace('Actor.setValue', 'await Actor.setValue');
    expect(await document.diagnostics()).toEqual([]);
  });

  it('are refused in words when the text has moved on', async () => {
    using folder = new ActorFolder({});
    const { client, document, diagnostics } = await opened(folder, PULLS, actor(UNAWAITED));
    await using _ = client;
    const [diagnostic] = diagnostics;
    if (!diagnostic) throw new Error('no finding');
    const [action] = await document.codeActions(diagnostic.range, [diagnostic]);
    await document.replace('await Actor.init();', 'await Actor.init();\n\n');
    const resolving = client.request('codeAction/resolve', action);
    await expect(resolving).rejects.toThrow(/was offered for an older text of the file/);
  });

  it('come with their edits, unversioned, for a client that can do no better', async () => {
    using folder = new ActorFolder({});
    const { client, document, diagnostics } = await opened(folder, OLD, actor(UNAWAITED));
    await using _ = client;
    const [diagnostic] = diagnostics;
    if (!diagnostic) throw new Error('no finding');
    const [action] = await document.codeActions(diagnostic.range, [diagnostic]);
    expect(action?.data).toBeUndefined();
    expect(action?.edit?.changes?.[document.uri]).toMatchObject([{ newText: expect.stringContaining('await') }]);
  });
});

describe('suppressing a finding', () => {
  it('is the last that is offered, never preferred, and writes the comment above the line', async () => {
    using folder = new ActorFolder({});
    const { client, document, diagnostics } = await opened(folder, PULLS, actor(`{\n  ${UNAWAITED}\n}`));
    await using _ = client;
    const [diagnostic] = diagnostics;
    if (!diagnostic) throw new Error('no finding');
    const action = (await document.codeActions(diagnostic.range, [diagnostic])).at(-1);
    expect(action).toMatchObject({ title: 'Suppress `unawaited-write` on this line', kind: 'quickfix' });
    expect(action).toMatchObject({ diagnostics: [diagnostic] });
    expect(action?.isPreferred).toBeUndefined();
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    const comment = '  // actor-state-disable-next-line unawaited-write\n';
    expect(document.applied(singleEdit(resolved))).toBe(actor(`{\n${comment}  ${UNAWAITED}\n}`));
    await document.replace(`  ${UNAWAITED}`, `${comment}  ${UNAWAITED}`);
    expect(await document.diagnostics()).toEqual([]);
  });

  it('is not offered for the comment that suppresses nothing', async () => {
    using folder = new ActorFolder({});
    const { client, document, diagnostics } = await opened(folder, PULLS, actor('// actor-state-disable-line'));
    await using _ = client;
    const [diagnostic] = diagnostics;
    if (!diagnostic) throw new Error('no finding');
    expect(diagnostic).toMatchObject({ code: 'unused-suppression', severity: 4 });
    const actions = await document.codeActions(diagnostic.range, [diagnostic]);
    expect(actions.map(({ title }) => title)).toEqual(['Remove the comment']);
  });
});

describe('fixing the whole file', () => {
  it('is offered to who asks for it, and mends every finding that can be mended safely', async () => {
    using folder = new ActorFolder({});
    const { client, document, diagnostics } = await opened(folder, PULLS, twice);
    await using _ = client;
    expect(diagnostics).toHaveLength(2);
    const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const [action] = await document.codeActions(everything, [], ['source.fixAll']);
    expect(action).toMatchObject({ kind: 'source.fixAll.actorState' });
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    expect(document.applied(singleEdit(resolved))).toBe(twice.replaceAll('Actor.setValue', 'await Actor.setValue'));
  });

  it('goes on until nothing is left: two fixes that make one function async', async () => {
    using folder = new ActorFolder({});
    const text = actor(`Actor.on('migrating', () => {\n  ${UNAWAITED}\n  ${UNAWAITED.replace('state', 'other')}\n});`);
    const { client, document, diagnostics } = await opened(folder, PULLS, text);
    await using _ = client;
    expect(diagnostics).toHaveLength(2);
    const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const [action] = await document.codeActions(everything, [], ['source.fixAll']);
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    const fixed = text.replace('() =>', 'async () =>').replaceAll('Actor.setValue', 'await Actor.setValue');
    expect(document.applied(singleEdit(resolved))).toBe(fixed);
    // The text that is open is still the one that is reported on, and its single fixes are still there.
    expect(await document.diagnostics()).toEqual(diagnostics);
    const [single] = await document.codeActions(everything, []);
    const alone = await client.request<CodeAction>('codeAction/resolve', single);
    expect(document.applied(singleEdit(alone))).not.toBe(text);
    await document.replace(text, fixed);
    expect(await document.codeActions(everything, [], ['source.fixAll'])).toEqual([]);
  });

  it('comes built for a client that asks for it and fills nothing in later', async () => {
    using folder = new ActorFolder({});
    const { client, document } = await opened(folder, OLD, twice);
    await using _ = client;
    const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const [action, ...others] = await document.codeActions(everything, [], ['source.fixAll.actorState']);
    expect(others).toEqual([]);
    expect(action?.edit?.changes?.[document.uri]).toHaveLength(2);
  });

  it('fixes what is typed while it works', async () => {
    using folder = new ActorFolder({});
    const { client, document } = await opened(folder, PULLS, actor(UNAWAITED));
    await using _ = client;
    const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const [action] = await document.codeActions(everything, [], ['source.fixAll']);
    const resolving = client.request<CodeAction>('codeAction/resolve', action);
    const more = UNAWAITED.replace('state', 'other');
    await document.replace(UNAWAITED, `${UNAWAITED}\n${more}`);
    const resolved = await resolving;
    const version = singleEdit(resolved).textDocument.version;
    const result = actor(`await ${UNAWAITED}\nawait ${more}`);
    // Either the edit is for the text before, and says so by its version, or it is for the newest.
    if (version === document.version) expect(document.applied(singleEdit(resolved))).toBe(result);
    else expect(version).toBe(document.version - 1);
  });

  it('is not offered where nothing can be mended', async () => {
    using folder = new ActorFolder({});
    const { client, document } = await opened(folder, PULLS, actor(`await ${UNAWAITED}`));
    await using _ = client;
    const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    expect(await document.codeActions(everything, [], ['source.fixAll.actorState'])).toEqual([]);
  });
});
