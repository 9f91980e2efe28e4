import type { Parsed } from './parsed.ts';
import { parsedOf } from './parsed.ts';
import { applyPlaces } from './edits.ts';
import type { Group, Place, Program, Rewriting } from './program.ts';
import { entryOf } from './program.ts';

/** What a rewriting knows of the program it is asked for. */
export interface Site {
  readonly parsed: Parsed;
  /** Makes a name that is nowhere in the program. */
  readonly name: (wanted: string) => string;
}

type PlacesOf = (site: Site) => Iterable<Place>;

/** A rewriting that finds its places in the trees. */
export function rewriting(group: Group, name: string, placesOf: PlacesOf): Rewriting {
  return { name, group, keepsNames: true, rewrite: (program) => rewritten(program, placesOf) };
}

/** One after which what is named in a finding has another name. */
export function renaming(group: Group, name: string, placesOf: PlacesOf): Rewriting {
  return { ...rewriting(group, name, placesOf), keepsNames: false };
}

/** One that only TypeScript can be written in: a program in JavaScript becomes TypeScript first. */
export function inTypeScript(group: Group, name: string, placesOf: PlacesOf): Rewriting {
  return {
    name,
    group,
    keepsNames: true,
    rewrite: (program) => {
      const source = asTypeScript(program);
      return source && rewritten(source, placesOf);
    },
  };
}

const typedPrograms = new WeakMap<Program, { readonly program: Program | undefined }>();

/** The program with files of TypeScript; `undefined` for one that uses `require`, which TypeScript writes in another way. */
export function asTypeScript(program: Program): Program | undefined {
  const known = typedPrograms.get(program) ?? { program: typed(program) };
  typedPrograms.set(program, known);
  return known.program;
}

function typed(program: Program): Program | undefined {
  const texts = Object.values(program.files);
  if (entryOf(program).endsWith('.ts')) return program;
  if (texts.some((text) => /\brequire\(|\bmodule\.exports\b/u.test(text))) return undefined;
  const files = Object.entries(program.files).map(([name, text]) => [name.replace(/\.js$/u, '.ts'), text]);
  return { ...program, files: Object.fromEntries(files) };
}

function rewritten(program: Program, placesOf: PlacesOf): Program | undefined {
  const parsed = parsedOf(program);
  return applyPlaces(program, placesOf({ parsed, name: parsed.naming() }));
}
