import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import type { ControlFlowGraph } from './control-flow-graph.ts';
import { ControlFlowGraphs } from './graphs.ts';
import { markedNodes, parsed } from './marked-program.ts';

interface Program {
  readonly at: (marker: string) => ts.Node;
  readonly graph: ControlFlowGraph;
}

/** The graph around the node that is marked with `a`; `exit()` ends the process. */
function program(text: string): Program {
  const at = markedNodes(parsed(text));
  const graphs = new ControlFlowGraphs((call) => call.expression.getText() === 'exit');
  return { at, graph: graphs.around(at('a')) };
}

/** `ab` says that `a` dominates `b`. */
function dominating({ at, graph }: Program, pairs: readonly string[]): readonly string[] {
  return pairs.filter(([a = '', b = '']) => graph.dominates(at(a), at(b)));
}

function postDominating({ at, graph }: Program, pairs: readonly string[]): readonly string[] {
  return pairs.filter(([a = '', b = '']) => graph.postDominates(at(a), at(b)));
}

function reaching({ at, graph }: Program, pairs: readonly string[], sameRound = false): readonly string[] {
  return pairs.filter(([a = '', b = '']) => graph.canReach(at(a), at(b), { sameRound }));
}

function decisions({ at, graph }: Program, marker: string, transitive = false): readonly string[] {
  return graph
    .controlDependences(at(marker), { transitive })
    .map(({ condition, outcome }) => `${ts.isTryStatement(condition) ? 'try' : condition.getText()} ${outcome}`);
}

function isCallOfWork(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.getText() !== 'log';
}

describe('order', () => {
  it('follows the evaluation of an expression, not its text', () => {
    const one = program('/*a*/ f(/*b*/ g(), /*c*/ h()); x = /*d*/ i();');
    expect(dominating(one, ['ba', 'cb', 'bc', 'ab', 'ad', 'da'])).toStrictEqual(['ba', 'bc', 'ad']);
  });

  it('knows both branches, and what follows them', () => {
    const one = program('/*a*/ f(); if (/*b*/ x) { /*c*/ g(); } else { /*d*/ h(); } /*e*/ i();');
    expect(dominating(one, ['ab', 'ac', 'ad', 'ae', 'ce', 'cd'])).toStrictEqual(['ab', 'ac', 'ad', 'ae']);
    expect(postDominating(one, ['ea', 'ec', 'ca', 'ba'])).toStrictEqual(['ea', 'ec', 'ba']);
    expect(reaching(one, ['cd', 'dc', 'ce', 'ec'])).toStrictEqual(['ce']);
  });

  it('leaves a unit early in an else', () => {
    const one = program('function f() { if (x) { /*a*/ g(); } else return; /*b*/ h(); }');
    expect(dominating(one, ['ab'])).toStrictEqual(['ab']);
    expect(decisions(one, 'b')).toStrictEqual(['x true']);
  });

  it('takes the operators that leave their right side out for branches', () => {
    const one = program(
      '(/*a*/ f() && /*b*/ g()) || /*c*/ h(); x ??= /*d*/ i(); y &&= /*e*/ j(); /*f*/ o?.p(/*g*/ k()).q; /*h*/ l();',
    );
    expect(dominating(one, ['ab', 'ac', 'bc', 'bh', 'dh', 'eh', 'gh', 'ah'])).toStrictEqual(['ab', 'ac', 'ah']);
    expect(decisions(one, 'c')).toStrictEqual(['f() false', 'g() false']);
    expect(decisions(one, 'd')).toStrictEqual(['x nullish']);
    expect(decisions(one, 'g')).toStrictEqual(['o present']);
    expect(decisions(one, 'h')).toStrictEqual([]);
  });

  it('takes a name that is assigned for assigned when the value is there', () => {
    const one = program('/*b*/ page = await /*a*/ f(); let /*c*/ x = g(/*d*/ h());');
    expect(dominating(one, ['ab', 'ba', 'dc', 'cd'])).toStrictEqual(['ab', 'dc']);
  });

  it('has defaults of parameters and patterns under a decision', () => {
    const one = program('function f(x = /*a*/ g()) { const { y = /*b*/ h() } = x; /*c*/ i(); }');
    expect(dominating(one, ['ab', 'ac', 'bc'])).toStrictEqual([]);
    expect(decisions(one, 'b')).toStrictEqual(['y = /*b*/ h() nullish']);
  });

  it('lets nothing follow what ends the process, awaited or not', () => {
    const one = program('/*a*/ f(); if (x) { await exit(); /*b*/ g(); } /*c*/ h(); exit(); /*d*/ i();');
    expect(reaching(one, ['ab', 'ac', 'ad'])).toStrictEqual(['ac']);
    expect(decisions(one, 'c')).toStrictEqual(['x false']);
    expect(postDominating(program('/*a*/ f(); if (x) /*b*/ g(); /*c*/ h(); exit();'), ['ca', 'ba'])).toStrictEqual([
      'ca',
    ]);
  });
});

describe('loops', () => {
  it('knows the next round from this one', () => {
    const one = program('for (const x of xs) { /*a*/ f(); /*b*/ g(); } /*c*/ h();');
    expect(reaching(one, ['ab', 'ba', 'aa', 'ac', 'cc'])).toStrictEqual(['ab', 'ba', 'aa', 'ac']);
    expect(reaching(one, ['ab', 'ba', 'aa', 'ac'], true)).toStrictEqual(['ab', 'ac']);
    expect(dominating(one, ['ac', 'ab'])).toStrictEqual(['ab']);
    expect(decisions(one, 'a')).toStrictEqual(['xs item']);
  });

  it('takes an inner loop to the end before the rest of the same outer round', () => {
    const one = program('while (x) { for (;y;) { /*a*/ f(); } /*b*/ g(); }');
    expect(reaching(one, ['ab', 'ba'], true)).toStrictEqual(['ab']);
  });

  it('follows labelled jumps', () => {
    const one = program(
      'outer: for (;;) { for (const x of xs) { /*a*/ f(); if (p) continue outer; if (q) break outer; /*b*/ g(); } /*c*/ h(); } /*d*/ i();',
    );
    expect(reaching(one, ['ab', 'ac', 'ad'], true)).toStrictEqual(['ab', 'ac', 'ad']);
    expect(decisions(one, 'b')).toStrictEqual(['q false']);
    expect(decisions(one, 'c')).toStrictEqual(['xs done']);
    expect(one.graph.canReachWithout(one.at('a'), one.at('d'), [one.at('b')])).toBe(true);
    expect(one.graph.canReachWithout(one.at('a'), one.at('c'), [one.at('b')], { sameRound: true })).toBe(false);
  });

  it('asks the condition of a do-while behind a continue', () => {
    const one = program('do { /*a*/ f(); if (x) continue; /*b*/ g(); } while (/*c*/ more()); /*d*/ h();');
    expect(dominating(one, ['ac', 'bc', 'ad', 'cd'])).toStrictEqual(['ac', 'ad', 'cd']);
    expect(decisions(one, 'b')).toStrictEqual(['x false']);
    expect(decisions(one, 'a')).toStrictEqual(['more() true']);
  });

  it('has no normal end behind a loop that is never left', () => {
    const one = program('/*a*/ f(); while (true) { if (x) /*b*/ g(); /*c*/ h(); }');
    expect(postDominating(one, ['ca', 'cb'])).toStrictEqual([]);
    expect(one.graph.isOnEveryWay(one.at('a'))).toBe(false);
    expect(decisions(one, 'b')).toStrictEqual(['x true']);
    expect(decisions(one, 'c')).toStrictEqual([]);
    expect(reaching(one, ['cb'])).toStrictEqual(['cb']);
  });

  it('repeats what a round comes back to, not what is done on the way out', () => {
    const one = program(
      'function f() { for (const x of xs) { /*a*/ g(); while (y) { /*b*/ h(); } if (x) { /*c*/ i(); return; } } }',
    );
    const loopOf = (marker: string): string | undefined =>
      one.graph.innermostLoop(one.at(marker))?.getText().split(' ', 1)[0];
    expect(['a', 'b', 'c'].map(loopOf)).toStrictEqual(['for', 'while', undefined]);
    expect(['a', 'b', 'c'].map((each) => one.graph.isRepeated(one.at(each)))).toStrictEqual([true, true, false]);
  });
});

describe('switch', () => {
  it('falls through to the next clause, and asks the cases before the default', () => {
    const one = program(
      'switch (x) { case 1: /*a*/ f(); default: /*b*/ g(); break; case 2: /*c*/ h(); return_(); case 3: /*d*/ i(); } /*e*/ j();',
    );
    expect(reaching(one, ['ab', 'bc', 'cd', 'ac', 'be', 'de'])).toStrictEqual(['ab', 'cd', 'be', 'de']);
    expect(decisions(one, 'a')).toStrictEqual(['1 true']);
    expect(decisions(one, 'd')).toStrictEqual(['2 true', '3 true']);
    expect(decisions(one, 'b')).toStrictEqual(['1 true', '3 false']);
    expect(decisions(one, 'e')).toStrictEqual([]);
  });

  it('is a chain of conditions where its subject is true', () => {
    const one = program('switch (true) { case !x.has(y): /*a*/ f(); break; case z: break; default: /*b*/ g(); }');
    expect(decisions(one, 'a')).toStrictEqual(['x.has(y) false']);
    expect(decisions(one, 'b', true)).toStrictEqual(['z false', 'x.has(y) true']);
  });
});

describe('errors', () => {
  it('may come from each call of a try', () => {
    const one = program('try { /*a*/ f(); /*b*/ g(); } catch { /*c*/ h(); } /*d*/ i();');
    expect(dominating(one, ['ab', 'ac', 'bd', 'cd', 'ad'])).toStrictEqual(['ab']);
    expect(reaching(one, ['ac', 'bc', 'cb', 'cd'])).toStrictEqual(['ac', 'bc', 'cd']);
    expect(postDominating(one, ['ba', 'da', 'ca'])).toStrictEqual(['ba', 'da']);
    expect(decisions(one, 'c')).toStrictEqual(['try fails']);
    const unlessFailing = ['ad', 'ac', 'cd'].filter(([a = '', b = '']) =>
      one.graph.dominates(one.at(a), one.at(b), { ifNothingFails: true }),
    );
    expect(unlessFailing).toStrictEqual(['ad']);
  });

  it('are caught where they are thrown on purpose', () => {
    const one = program('try { if (x) throw /*a*/ e; /*b*/ f(); } catch { /*c*/ g(); return_(); } /*d*/ h();');
    expect(reaching(one, ['ab', 'ac'])).toStrictEqual(['ac']);
    expect(decisions(one, 'b')).toStrictEqual(['x false']);
    expect(decisions(one, 'c')).toStrictEqual(['try fails', 'x true']);
  });

  it('pass the finally, as returns do, and what comes behind it only follows on the plain way', () => {
    const one = program(
      'function f() { try { if (x) return /*a*/ g(); /*b*/ h(); } finally { /*c*/ i(); } /*d*/ j(); }',
    );
    expect(reaching(one, ['ac', 'ad', 'bc', 'bd'])).toStrictEqual(['ac', 'bc', 'bd']);
    expect(dominating(one, ['cd', 'bd', 'ac'])).toStrictEqual(['cd', 'bd']);
    expect(postDominating(one, ['ca', 'cb', 'db'])).toStrictEqual(['ca', 'cb', 'db']);
    expect(decisions(one, 'c')).toStrictEqual([]);
    expect(decisions(one, 'd')).toStrictEqual(['x false']);
  });

  it('pass nested finallys from the inside out', () => {
    const one = program(
      `function f() {
        for (const x of xs) {
          try { try { if (x) return /*a*/ g(); if (y) continue; /*b*/ h(); } finally { /*c*/ n = 1; } /*d*/ j(); }
          catch { /*e*/ k(); } finally { /*f*/ l(); }
          /*g*/ m();
        }
      }`,
    );
    expect(reaching(one, ['ac', 'ad', 'af', 'ae', 'ag', 'aa'], true)).toStrictEqual(['ac', 'af', 'ae', 'ag']);
    expect(reaching(one, ['bc', 'bd', 'be', 'bf', 'bg'], true)).toStrictEqual(['bc', 'bd', 'be', 'bf', 'bg']);
    expect(one.graph.canReachWithout(one.at('a'), one.at('f'), [one.at('c')])).toBe(false);
    expect(dominating(one, ['cf', 'fg', 'df', 'cd'])).toStrictEqual(['fg', 'cd']);
  });

  it('are left behind by a return in the finally', () => {
    const one = program('function f() { try { throw /*a*/ e; } finally { /*b*/ g(); return; } /*c*/ h(); }');
    expect(reaching(one, ['ab', 'ac'])).toStrictEqual(['ab']);
    expect(postDominating(one, ['ba'])).toStrictEqual(['ba']);
  });
});

describe('functions in place', () => {
  it('are part of the code around them where they run at once', () => {
    const one = program(
      '/*a*/ f(); (() => { if (x) return; /*b*/ g(); })(); await (async () => { /*c*/ h(); })(); /*d*/ i();',
    );
    expect(dominating(one, ['ab', 'ac', 'cd', 'bd'])).toStrictEqual(['ab', 'ac', 'cd']);
    expect(decisions(one, 'd')).toStrictEqual([]);
  });

  it('are values elsewhere', () => {
    const one = program('/*a*/ f(); const g = () => { /*b*/ h(); }; (async () => { /*c*/ i(); })(); /*d*/ g();');
    expect(dominating(one, ['ab', 'ac', 'bd', 'ad'])).toStrictEqual(['ad']);
    expect(reaching(one, ['ab', 'bd'])).toStrictEqual([]);
  });

  it('run in the course of a chain that is awaited', () => {
    const one = program(
      'await /*a*/ f().then(() => /*b*/ g()).catch(() => { /*c*/ h(); }).finally(() => { /*d*/ i(); }); /*e*/ j();',
    );
    const call = one.at('b');
    expect(dominating(one, ['bc', 'be', 'ce', 'de'])).toStrictEqual(['de']);
    expect(reaching(one, ['bc', 'bd', 'be', 'cd'])).toStrictEqual(['bc', 'bd', 'be', 'cd']);
    expect(one.graph.controlDependences(one.at('c')).map(({ outcome }) => outcome)).toStrictEqual(['fails']);
    expect(one.graph.isReachable(call)).toBe(true);
  });

  it('are rounds of a loop where an array calls them back', () => {
    const one = program(
      'xs.forEach((x) => { if (!x) return; /*a*/ f(); }); await Promise.all(ys.map(async (y) => { /*b*/ g(); })); /*c*/ h();',
    );
    expect(['a', 'b', 'c'].map((each) => one.graph.isRepeated(one.at(each)))).toStrictEqual([true, true, false]);
    expect(decisions(one, 'a')).toStrictEqual(['x true']);
    expect(dominating(one, ['ab', 'ac'])).toStrictEqual([]);
    expect(reaching(one, ['ab', 'bc', 'ba'])).toStrictEqual(['ab', 'bc']);
  });
});

describe('conditions', () => {
  it('say the same, however they are asked', () => {
    const forms = [
      'for (const y of ys) { if (!s.has(y)) { /*a*/ f(); } }',
      'for (const y of ys) { if (s.has(y)) continue; /*a*/ f(); }',
      'for (const y of ys) { if (!s.has(y)) /*a*/ f(); else continue; }',
      'for (const y of ys) { s.has(y) || /*a*/ f(); }',
      'for (const y of ys) { (s.has(y) as boolean) === false && /*a*/ f(); }',
      'for (const y of ys) { s.has(y) ? undefined : /*a*/ f(); }',
      'for (const y of ys) { switch (s.has(y)) { case false: /*a*/ f(); } }',
      'for (const y of ys) { switch (true) { case s.has(y): break; default: /*a*/ f(); } }',
      'for (const y of ys) { while (!s.has(y)) { /*a*/ f(); break; } }',
    ];
    for (const form of forms) {
      const one = program(form);
      const condition = one.graph.controlDependences(one.at('a'))[0];
      expect([form, (condition?.subject ?? condition?.condition)?.getText()]).toStrictEqual([form, 's.has(y)']);
    }
  });

  it('decide what is asked and done under them', () => {
    const one = program('for (const y of ys) { if (/*a*/ x) continue; /*b*/ f(); if (z) /*c*/ g(); } /*d*/ h();');
    const controlled = one.graph.controlledBy(one.at('a'));
    expect(['a', 'b', 'c', 'd'].filter((each) => controlled.includes(one.at(each)))).toStrictEqual(['b', 'c']);
    expect(one.graph.controlledBy(one.at('a'), 'true').map((each) => each.getText())).toStrictEqual(['continue;']);
  });

  it('may be asked for through others', () => {
    const one = program('if (x) { if (!y) return_(); else { /*a*/ f(); } }');
    expect(decisions(one, 'a')).toStrictEqual(['y true']);
    expect(decisions(one, 'a', true)).toStrictEqual(['y true', 'x true']);
  });
});

describe('successors', () => {
  it('are the first things on each way', () => {
    const one = program(
      'function f() { /*a*/ g(); log(); if (x) { /*b*/ h(); return; } if (y) throw e; if (z) return; exit(); }',
    );
    const found = one.graph.successorsOf(one.at('a'), isCallOfWork);
    expect(found.nodes.map((each) => each.getText())).toStrictEqual(['exit()', 'h()']);
    expect([...found.ends].toSorted()).toStrictEqual(['exit', 'thrown']);
  });
});
