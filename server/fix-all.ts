import type { EditedText, TextEdit } from '../rules/index.ts';
import type { Documents } from './documents.ts';
import type { Engine, FolderAnalysis } from './folder-analysis.ts';
import type { FolderSettings } from './settings.ts';

/**
 * The edits that apply every safe fix of a file's findings, and of those that have room only then, until nothing is left
 * to fix. They are for the newest text.
 *
 * @throws {Cancelled} when `signal` is aborted or the folder is closed
 */
export async function fixAll(
  file: string,
  folder: FolderAnalysis,
  documents: Documents,
  signal: AbortSignal,
): Promise<readonly TextEdit[]> {
  for (;;) {
    const texts = await folder.borrow(
      (engine, settings) => fixedTexts(file, engine, settings, documents, signal),
      signal,
    );
    if (texts === undefined) return [];
    // Somebody has typed meanwhile: what was fixed is not there any more.
    if ([...texts].some(([path, { original }]) => (documents.textOf(path) ?? original) !== original)) continue;
    return [...texts].flatMap(([path, text]) => text.edits().map((edit) => ({ file: path, ...edit })));
  }
}

async function fixedTexts(
  file: string,
  engine: Engine,
  { rules: settings }: FolderSettings,
  documents: Documents,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, EditedText>> {
  const { applySafeFixes } = await import('../rules/index.ts');
  const changed = new Set<string>();
  const workspace: Parameters<typeof applySafeFixes>[0] = {
    analyse: (...options) => engine.analyse(...options),
    edit: (finding, fixId) => engine.edit(finding, fixId),
    setDocument: (path, text) => {
      changed.add(path);
      engine.setDocument(path, text);
    },
  };
  try {
    const { texts } = await applySafeFixes(workspace, await engine.analyse(settings, signal), {
      settings,
      isAsked: (finding) => finding.file === file,
      textOf: (path) => engine.textOf(path),
      signal,
    });
    return texts;
  } finally {
    for (const path of changed) {
      const text = documents.textOf(path);
      if (text === undefined) engine.closeDocument(path);
      else engine.setDocument(path, text);
    }
  }
}
