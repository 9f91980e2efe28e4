import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { EventReporter } from './events.ts';

/** Runs the compiled suites beside this file, in VS Code's extension host: what `extensionTestsPath` names. */
export async function run(): Promise<void> {
  // So that a failure can name the line of the suite, not of its bundle.
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, reporter: EventReporter });
  for (const name of readdirSync(__dirname).toSorted()) {
    if (name.endsWith('.suite.cjs')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} failed.`);
}
