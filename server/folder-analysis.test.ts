import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { toDiagnostic } from './diagnostics.ts';
import { Cancelled } from './cancelled.ts';
import { FolderAnalysis, type FolderSurroundings } from './folder-analysis.ts';
import type { FileReport } from './reports.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { FakeEngine } from './testing/fake-engine.ts';

function analysisOf(engine: FakeEngine, more: Partial<FolderSurroundings> = {}) {
  const errors: unknown[] = [];
  const changed: (readonly string[])[] = [];
  const analysis = new FolderAnalysis('/a', {
    open: async () => engine,
    actorAround: () => undefined,
    openActor: async () => engine,
    texts: () => [],
    settings: async () => DEFAULT_SETTINGS,
    toDiagnostic: (found) =>
      toDiagnostic(found, {
        client: { relatedInformation: false, codeDescription: false },
        uriOf: (file) => file,
        pageOf: () => undefined,
      }),
    owns: () => true,
    onState: () => undefined,
    onReports: (files) => changed.push(files),
    onError: (error) => errors.push(error),
    ...more,
  });
  return { analysis, errors, changed };
}

describe('the analysis of a folder', () => {
  it('is done once for all who wait for the same text, and not again while nothing changes', async () => {
    const engine = new FakeEngine();
    const { analysis } = analysisOf(engine);
    analysis.setText('/a/x.js', 'lost');
    const [one, other] = await Promise.all([analysis.current(), analysis.current()]);
    expect(one).toBe(other);
    expect(await analysis.current()).toBe(one);
    expect(engine.calls).toEqual(['text /a/x.js', 'analyse']);
  });

  it('starts again when the text changes meanwhile, and tells the engine only between two analyses', async () => {
    const engine = new FakeEngine();
    const release = engine.hold();
    const { analysis } = analysisOf(engine);
    analysis.setText('/a/x.js', 'fine');
    const asked = analysis.reportOf('/a/x.js');
    await nextTurn();
    analysis.setText('/a/x.js', 'lost');
    expect(engine.texts.get('/a/x.js')).toBe('fine');
    release();
    expect((await asked).diagnostics).toHaveLength(1);
    expect(engine.calls).toEqual(['text /a/x.js', 'analyse', 'text /a/x.js', 'analyse']);
  });

  it('passes over a result that came although the text had changed meanwhile', async () => {
    const engine = new FakeEngine();
    engine.noticesAbort = false;
    const release = engine.hold();
    const { analysis, changed } = analysisOf(engine);
    analysis.setText('/a/x.js', 'lost');
    const asked = analysis.current();
    await nextTurn();
    analysis.setText('/a/x.js', 'fine');
    release();
    expect((await asked).size).toBe(0);
    expect(changed).toEqual([]);
  });

  it('stops when the last who waits cancels, and goes on for one who comes after', async () => {
    const engine = new FakeEngine();
    const release = engine.hold();
    const { analysis } = analysisOf(engine);
    const controller = new AbortController();
    const cancelled = analysis.current(controller.signal);
    await nextTurn();
    controller.abort();
    await expect(cancelled).rejects.toBeInstanceOf(Cancelled);
    const later = analysis.current();
    release();
    expect((await later).size).toBe(0);
    expect(engine.calls).toEqual(['analyse', 'analyse']);
  });

  it('goes on for the others when one cancels', async () => {
    const engine = new FakeEngine();
    const release = engine.hold();
    const { analysis } = analysisOf(engine);
    const controller = new AbortController();
    const cancelled = analysis.current(controller.signal);
    const patient = analysis.current();
    await nextTurn();
    controller.abort();
    await expect(cancelled).rejects.toBeInstanceOf(Cancelled);
    release();
    await patient;
    expect(engine.calls).toEqual(['analyse']);
  });

  it('survives a fault: it is told, the last good findings stay, and the next text is looked at', async () => {
    const engine = new FakeEngine();
    const { analysis, errors } = analysisOf(engine);
    analysis.setText('/a/x.js', 'lost');
    const [lost] = (await analysis.reportOf('/a/x.js')).findings;
    if (!lost) throw new Error('no finding');
    expect(analysis.edit(lost, 'a-fix')).toHaveLength(1);
    analysis.setText('/a/y.js', 'fault');
    expect((await analysis.current()).size).toBe(1);
    // They may be of an older text than the one that is open: then there is nothing to edit.
    expect(analysis.edit(lost, 'a-fix')).toBeUndefined();
    expect(errors).toMatchObject([{ message: 'a fault of the analysis' }]);
    expect(analysis.state).toEqual({ kind: 'failed', reason: 'a fault of the analysis' });
    analysis.setText('/a/y.js', 'fine');
    await analysis.current();
    expect(analysis.state.kind).toBe('ready');
  });

  it('leaves out what a folder inside it reports', async () => {
    const engine = new FakeEngine();
    const { analysis } = analysisOf(engine, { owns: (file) => !file.startsWith('/a/inner/') });
    analysis.setText('/a/x.js', 'lost');
    analysis.setText('/a/inner/x.js', 'lost');
    expect([...(await analysis.current()).keys()]).toEqual(['/a/x.js']);
  });

  it('uses the settings of after a change, even when it was asking for those of before', async () => {
    const engine = new FakeEngine();
    const answers = [
      { enable: true, rules: {} },
      { enable: false, rules: {} },
    ];
    const { analysis } = analysisOf(engine, {
      settings: async () => {
        const answer = answers.shift() ?? DEFAULT_SETTINGS;
        await nextTurn();
        return answer;
      },
    });
    analysis.setText('/a/x.js', 'lost');
    const asked = analysis.current();
    analysis.settingsChanged();
    expect((await asked).size).toBe(0);
    expect(analysis.state).toEqual({ kind: 'off' });
  });

  it('tells which files have something else to say', async () => {
    const engine = new FakeEngine();
    const { analysis, changed } = analysisOf(engine);
    analysis.setText('/a/x.js', 'lost');
    analysis.setText('/a/y.js', 'lost');
    await analysis.current();
    analysis.setText('/a/y.js', 'fine');
    await analysis.current();
    expect(changed).toEqual([['/a/x.js', '/a/y.js'], ['/a/y.js']]);
  });

  it('lets go of the engine when it is closed, and of those who wait', async () => {
    const engine = new FakeEngine();
    const release = engine.hold();
    const { analysis } = analysisOf(engine);
    const asked = analysis.current();
    await nextTurn();
    analysis.dispose();
    expect(engine.disposed).toBe(false);
    release();
    await expect(asked).rejects.toBeInstanceOf(Cancelled);
    expect(engine.disposed).toBe(true);
    await expect(analysis.current()).rejects.toBeInstanceOf(Cancelled);
  });

  it('waits while somebody else works with the engine, and looks at the texts anew then', async () => {
    const engine = new FakeEngine();
    const { analysis } = analysisOf(engine);
    analysis.setText('/a/x.js', 'fine');
    let asked: Promise<FileReport> | undefined;
    await analysis.borrow(async (lent) => {
      lent.setDocument('/a/x.js', 'tried');
      analysis.setText('/a/x.js', 'lost');
      asked = analysis.reportOf('/a/x.js');
      await nextTurn();
      expect(engine.calls).toEqual(['text /a/x.js', 'analyse', 'text /a/x.js']);
    });
    expect((await asked)?.diagnostics).toHaveLength(1);
  });

  it('lets go of the engine only when it is given back', async () => {
    const engine = new FakeEngine();
    const { analysis } = analysisOf(engine);
    analysis.setText('/a/x.js', 'fine');
    await analysis.borrow(async () => {
      analysis.dispose();
      await nextTurn();
      expect(engine.disposed).toBe(false);
    });
    expect(engine.disposed).toBe(true);
    await expect(analysis.borrow(async () => 1)).rejects.toBeInstanceOf(Cancelled);
  });

  it('looks at the Actor around a file first, for as long as the folder has not been looked at', async () => {
    const [engine, small] = [new FakeEngine(), new FakeEngine()];
    const release = engine.hold();
    const texts = new Map<string, string>();
    const opened: string[] = [];
    const { analysis } = analysisOf(engine, {
      texts: () => texts,
      actorAround: () => '/a/shop',
      openActor: async (actor) => {
        opened.push(actor);
        return small;
      },
    });
    const write = (text: string): void => {
      texts.set('/a/x.js', text);
      analysis.setText('/a/x.js', text);
    };
    write('lost');
    const whole = analysis.current();
    // The folder's own analysis is held.
    expect((await analysis.firstReportOf('/a/x.js')).diagnostics).toHaveLength(1);
    write('fine');
    expect((await analysis.firstReportOf('/a/x.js')).diagnostics).toEqual([]);
    write('lost again');
    const first = await analysis.firstReportOf('/a/x.js');
    expect(first.diagnostics).toHaveLength(1);
    expect((await analysis.firstReportOf('/a/y.js')).diagnostics).toEqual([]);
    // One analysis of the Actor for all of its files.
    expect([opened, small.disposed]).toEqual([['/a/shop'], false]);
    release();
    // The same content is the same report to a client: it is not told to ask again.
    expect((await whole).get('/a/x.js')?.resultId).toBe(first.resultId);
    small.calls.length = 0;
    expect(await analysis.firstReportOf('/a/x.js')).toBe(analysis.reports.get('/a/x.js'));
    expect([small.calls, small.disposed]).toEqual([[], true]);
  });

  it('does not answer with a first look at a text that has changed meanwhile, nor with its fault', async () => {
    const [engine, small] = [new FakeEngine(), new FakeEngine()];
    const release = small.hold();
    const { analysis, errors } = analysisOf(engine, { actorAround: () => '/a/shop', openActor: async () => small });
    analysis.setText('/a/x.js', 'fine');
    const asked = analysis.firstReportOf('/a/x.js');
    await nextTurn();
    analysis.setText('/a/x.js', 'lost');
    release();
    expect((await asked).diagnostics).toHaveLength(1);
    const other = analysisOf(new FakeEngine(), {
      actorAround: () => '/a/shop',
      openActor: () => Promise.reject(new Error('a fault of the first look')),
    });
    other.analysis.setText('/a/x.js', 'lost');
    expect((await other.analysis.firstReportOf('/a/x.js')).diagnostics).toHaveLength(1);
    expect([errors, other.errors]).toEqual([[], [new Error('a fault of the first look')]]);
  });

  it('lets a first look answer before the analysis of the whole folder begins', async () => {
    const [engine, small] = [new FakeEngine(), new FakeEngine()];
    const release = small.hold();
    const { analysis } = analysisOf(engine, { actorAround: () => '/a/shop', openActor: async () => small });
    analysis.setText('/a/x.js', 'lost');
    const first = analysis.firstReportOf('/a/x.js');
    const whole = analysis.current();
    await nextTurn();
    release();
    await first;
    expect([small.calls, engine.calls]).toEqual([['analyse'], []]);
    await whole;
    expect(engine.calls).toEqual(['text /a/x.js', 'analyse']);
  });

  it('disposes of what a first look opens whose turn comes when the folder has been looked at', async () => {
    const [engine, first, second] = [new FakeEngine(), new FakeEngine(), new FakeEngine()];
    const release = engine.hold();
    const releaseFirst = first.hold();
    const { analysis } = analysisOf(engine, {
      actorAround: (file) => file,
      openActor: async (actor) => (actor === '/a/x.js' ? first : second),
    });
    const whole = analysis.current();
    await nextTurn();
    const looks = [analysis.firstReportOf('/a/x.js'), analysis.firstReportOf('/a/y.js')];
    await nextTurn();
    release();
    await whole;
    releaseFirst();
    await Promise.all(looks);
    await nextTurn();
    expect([first.disposed, second.disposed]).toEqual([true, true]);
  });

  it('looks at nothing first where the person has turned it off', async () => {
    const small = new FakeEngine();
    const { analysis } = analysisOf(new FakeEngine(), {
      actorAround: () => '/a/shop',
      openActor: async () => small,
      settings: async () => ({ ...DEFAULT_SETTINGS, enable: false }),
    });
    expect((await analysis.firstReportOf('/a/x.js')).diagnostics).toEqual([]);
    expect(small.calls).toEqual([]);
  });
});
