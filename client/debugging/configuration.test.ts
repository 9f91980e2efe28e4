import { describe, expect, it } from 'vitest';
import { faultOf, readConfiguration } from './configuration.ts';
import { continues, printedBy, readEvent } from './debug-events.ts';
import { actorEnvironment } from './environment.ts';

describe('a launch configuration', () => {
  it.each([
    [{ graceSeconds: -1 }, /graceSeconds.*seconds/],
    [{ graceSeconds: '10' }, /graceSeconds/],
    [{ latencyMs: 'fast' }, /latencyMs/],
    [{ graceSeconds: 'ten' }, /graceSeconds" is "ten"/],
    [{ cwd: 3 }, /"cwd" is no text/],
    [{ storage: [] }, /"storage" is no text/],
    [{ env: ['A=1'] }, /"env" is no object/],
    [{ command: 5 }, /"command" is neither/],
    [{ program: {} }, /"program" is no text/],
    [{ args: [1] }, /"args" is no list/],
  ])('that cannot be used is answered with a sentence: %j', (written, sentence) => {
    expect(faultOf(written)).toMatch(sentence);
  });

  it('that is right has none', () => {
    expect(
      faultOf({ graceSeconds: 0, latencyMs: 5, env: { A: '1', B: null }, command: ['a'], args: 'x' }),
    ).toBeUndefined();
  });

  it('is read with its defaults, and passes on what is js-debug’s', () => {
    const written = {
      name: 'n',
      cwd: '/a',
      runtimeExecutable: 'npm',
      storage: '/a/storage',
      skipFiles: ['x'],
      other: 1,
    };
    expect(readConfiguration(written)).toMatchObject({
      actorName: 'n',
      graceSeconds: 10,
      latencyMs: 100,
      env: {},
      passedOn: { skipFiles: ['x'] },
    });
    expect(readConfiguration({ type: 'apify-actor' })).toMatch(/not resolved/);
  });
});

const output = (category: string | undefined, text: string) =>
  readEvent({ type: 'event', event: 'output', body: { category, output: text } }) ?? { name: '', body: undefined };

describe('what js-debug tells', () => {
  it('is what the Actor printed, but for telemetry', () => {
    expect(printedBy(output('stdout', 'a'))).toBe('a');
    expect(printedBy(output(undefined, 'b'))).toBe('b');
    expect(printedBy(output('telemetry', 'c'))).toBeUndefined();
  });

  it('says when a process goes on', () => {
    expect(continues({ name: 'continued', body: {} })).toBe(true);
    expect(continues({ name: 'thread', body: { reason: 'exited' } })).toBe(true);
    expect(continues({ name: 'thread', body: { reason: 'started' } })).toBe(false);
    expect(readEvent({ type: 'response' })).toBeUndefined();
  });
});

describe('the environment of a run', () => {
  it('is the editor’s without what is its own, and what the person wrote wins', () => {
    const editors = {
      PATH: '/bin',
      VSCODE_PID: '1',
      ELECTRON_RUN_AS_NODE: '1',
      HOME: '/h',
      A: 'old',
      EMPTY: undefined,
    };
    expect(actorEnvironment(editors, { A: 'new', HOME: null })).toEqual({ PATH: '/bin', A: 'new' });
  });
});
