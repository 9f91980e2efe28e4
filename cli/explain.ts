import { ActorWorkspace, explain } from '../rules/index.ts';
import { EXIT } from './exit.ts';
import { explanationJson } from './format/explanation-json.ts';
import { explanationText } from './format/explanation-text.ts';
import { noActor } from './no-actor.ts';
import { printed } from './paths.ts';
import { planTargets } from './targets.ts';
import type { Terminal } from './terminal.ts';

/**
 * `actor-state explain`: prints how the Actors in a path are understood.
 *
 * @returns 0, or 2 where the path cannot be read
 */
export async function explainPath(
  path: string | undefined,
  options: { readonly json?: boolean },
  terminal: Terminal,
): Promise<number> {
  const { targets, problems } = planTargets(path === undefined ? [] : [path], terminal.cwd);
  for (const { root } of targets) {
    const workspace = new ActorWorkspace(root);
    try {
      const { notices: known } = await workspace.analyse();
      const actors = await explain(workspace);
      const notices = noActor(root, actors.length, known);
      if (options.json === true) {
        terminal.stdout.write(explanationJson(actors, notices, terminal.cwd));
      } else {
        terminal.stdout.write(explanationText(actors, terminal.cwd));
        terminal.stderr.write(
          notices.map(({ file, reason }) => `${printed(file, terminal.cwd)}: ${reason}\n`).join(''),
        );
      }
    } finally {
      workspace.dispose();
    }
  }
  terminal.stderr.write(problems.map((problem) => `actor-state: ${problem}\n`).join(''));
  return problems.length > 0 ? EXIT.failed : EXIT.clean;
}
