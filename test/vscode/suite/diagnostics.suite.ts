import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { applyFix, closeAll, diagnosticsUntil, openDocument, quickFixes, retype, ruleOf, uriOf } from './editor.ts';

const COUNTER = 'unprotected-counter/src/main.js';
const PROTECTED = 'protected/src/main.js';
const LISTENER = 'legacy-listener/src/main.js';

const none = (diagnostics: readonly vscode.Diagnostic[]): boolean => diagnostics.length === 0;
const some =
  (rule: string) =>
  (diagnostics: readonly vscode.Diagnostic[]): boolean =>
    diagnostics.some((diagnostic) => ruleOf(diagnostic) === rule);

/** An Actor whose one file calls what another one saves. */
const TWO_FILES = {
  'package.json': JSON.stringify({ main: 'src/main.js', type: 'module', dependencies: { apify: '^3.7.0' } }),
  'src/main.js': [
    "import { Actor } from 'apify';",
    "import { save } from './save.js';",
    'await Actor.init();',
    'save({ page: 1 });',
    'await Actor.exit();',
    '',
  ].join('\n'),
  'src/save.js': [
    "import { Actor } from 'apify';",
    'export function save(state) {',
    "    return Actor.setValue('STATE', state);",
    '}',
    '',
  ].join('\n'),
};

describe('findings in the editor', () => {
  before(async () => {
    for (const [path, text] of Object.entries(TWO_FILES)) {
      await vscode.workspace.fs.writeFile(uriOf(`two-files/${path}`), new TextEncoder().encode(text));
    }
  });
  after(async () => await vscode.workspace.fs.delete(uriOf('two-files'), { recursive: true }));
  afterEach(closeAll);

  it('are there for files that nobody has opened', async () => {
    // Any JavaScript file starts the extension.
    await openDocument(PROTECTED);
    await diagnosticsUntil(uriOf(LISTENER), some('unawaited-write'), 'a finding in a file that is not open');
  });

  it('appear when a file is opened, name what is lost, and link to the page of the rule', async () => {
    const { document } = await openDocument(COUNTER);
    const [diagnostic] = await diagnosticsUntil(document.uri, some('missing-migrating-handler'), 'the lost counter');
    assert.match(diagnostic?.message ?? '', /`page`/);
    const related = diagnostic?.relatedInformation?.map(({ location }) => document.getText(location.range)) ?? [];
    assert.ok(
      related.some((text) => text.includes('products')),
      `related: ${related.join(', ')}`,
    );
    const code = diagnostic?.code;
    assert.ok(typeof code === 'object', 'the rule has a link');
    const page = await vscode.workspace.fs.readFile(code.target);
    assert.match(new TextDecoder().decode(page), /missing-migrating-handler/);
  });

  it('follow what is typed', async () => {
    const editor = await openDocument(PROTECTED);
    const { uri } = editor.document;
    await retype(editor, "await Actor.setValue('OUTPUT'", "Actor.setValue('OUTPUT'");
    const [diagnostic] = await diagnosticsUntil(uri, some('unawaited-write'), 'the save that nobody waits for');
    assert.match(editor.document.getText(diagnostic?.range), /^Actor\.setValue/);
    await retype(editor, "Actor.setValue('OUTPUT'", "await Actor.setValue('OUTPUT'");
    await diagnosticsUntil(uri, none, 'nothing once it is awaited');
  });

  it('in one file follow what is typed in another', async () => {
    const main = await openDocument('two-files/src/main.js');
    await diagnosticsUntil(main.document.uri, some('unawaited-write'), 'the call whose save nobody waits for');
    const beside = await openDocument('two-files/src/save.js');
    await retype(beside, "return Actor.setValue('STATE', state);", 'return state;');
    await diagnosticsUntil(main.document.uri, none, 'nothing once the other file saves nothing');
    await retype(beside, 'return state;', "return Actor.setValue('STATE', state);");
    await diagnosticsUntil(main.document.uri, some('unawaited-write'), 'the finding again');
  });

  it('go with the fix from the light bulb', async () => {
    const { document } = await openDocument(COUNTER);
    const { uri } = document;
    const [diagnostic] = await diagnosticsUntil(uri, some('missing-migrating-handler'), 'the lost counter');
    assert.ok(diagnostic);
    const [fix] = await quickFixes(uri, diagnostic.range);
    assert.ok(fix, 'a fix is offered');
    assert.ok(fix.edit, 'the edit of the fix is built when it is asked for');
    await applyFix(fix);
    await diagnosticsUntil(uri, none, `nothing after "${fix.title}"`);
    assert.match(document.getText(), /Actor\.(?:useState|on)\(/);
  });

  it('have the severity that the person sets, at once', async () => {
    const { document } = await openDocument(LISTENER);
    await diagnosticsUntil(document.uri, some('unawaited-write'), 'the dropped save');
    const settings = vscode.workspace.getConfiguration('actorState', document.uri);
    const set = async (value: string | undefined): Promise<void> =>
      await settings.update('rules.unawaited-write', value, vscode.ConfigurationTarget.Workspace);
    try {
      await set('hint');
      await diagnosticsUntil(
        document.uri,
        (diagnostics) =>
          some('unawaited-write')(diagnostics) &&
          diagnostics.every(
            (each) => ruleOf(each) !== 'unawaited-write' || each.severity === vscode.DiagnosticSeverity.Hint,
          ),
        'the finding as a hint',
      );
      await set('off');
      await diagnosticsUntil(
        document.uri,
        (diagnostics) => !some('unawaited-write')(diagnostics),
        'no finding of a rule that is off',
      );
    } finally {
      await set(undefined);
    }
    await diagnosticsUntil(document.uri, some('unawaited-write'), 'the finding again');
  });

  it('come back after the server is restarted', async () => {
    const editor = await openDocument(PROTECTED);
    await vscode.commands.executeCommand('actorState.restart');
    await retype(editor, "await Actor.setValue('OUTPUT'", "Actor.setValue('OUTPUT'");
    await diagnosticsUntil(editor.document.uri, some('unawaited-write'), 'a finding of the new server');
  });

  it('go when their file is deleted', async () => {
    const copy = uriOf('legacy-listener/src/copy.js');
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(copy, { contents: await vscode.workspace.fs.readFile(uriOf(LISTENER)) });
    const importing = await openDocument(LISTENER);
    edit.insert(importing.document.uri, new vscode.Position(0, 0), "require('./copy.js');\n");
    assert.ok(await vscode.workspace.applyEdit(edit));
    await importing.document.save();
    await diagnosticsUntil(copy, some('unawaited-write'), 'a finding in the new file');
    await vscode.workspace.fs.delete(copy);
    await diagnosticsUntil(copy, none, 'nothing in a file that is gone');
  });
});
