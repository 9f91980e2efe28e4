import { expect, it } from 'vitest';

import { CallGraph } from './call-graph.ts';
import { codeOf } from './code-fixture.ts';

const TEXT = `start();
function start() { first(); given({ last }); }
const first = () => second.run();
const second = { run() { third(); } };
function third() {}
function given(options) { options.last(); }
function last() {}
`;

/** How many functions a program runs, where the checker fails once, at its nth answer; how many answers there are. */
function reachedAfterFault(nth: number): { readonly reached: number; readonly asked: number } {
  const { code, trees } = codeOf({ 'main.js': TEXT });
  const answer = code.checker.getSymbolAtLocation.bind(code.checker);
  let asked = 0;
  code.checker.getSymbolAtLocation = (node) => {
    asked += 1;
    if (asked === nth) throw new Error('once');
    return answer(node);
  };
  const graph = new CallGraph(code);
  try {
    graph.from(trees);
  } catch {
    // It is asked again, as another rule does.
  }
  return { reached: graph.from(trees).size, asked };
}

it('reaches the same functions after a fault in the midst of an answer', () => {
  const { reached, asked } = reachedAfterFault(0);
  expect(reached).toBe(6);
  for (let nth = 1; nth <= asked; nth += 1) expect(reachedAfterFault(nth).reached).toBe(reached);
});
