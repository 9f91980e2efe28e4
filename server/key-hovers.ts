import { MarkupKind, type CancellationToken, type Hover, type HoverParams } from 'vscode-languageserver/node';
import type { ActorSummary, KeySummary, Location, Position } from '../rules/index.ts';
import { answer } from './cancellation.ts';
import type { ClientFeatures } from './client-features.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import { keyText, markdown, PLAIN } from './key-text.ts';
import { toFile } from './uris.ts';

export interface KeyHoverOptions {
  readonly folders: Folders;
  readonly documents: Documents;
  readonly client: Pick<ClientFeatures, 'markdownHover'>;
}

/** Says of a key that a person points at who saves it, when, and where it is restored. */
export class KeyHovers {
  readonly #options: KeyHoverOptions;

  constructor(options: KeyHoverOptions) {
    this.#options = options;
  }

  /** `textDocument/hover`, for the newest text; `null` where no key stands. */
  async hover({ textDocument, position }: HoverParams, token: CancellationToken): Promise<Hover | null> {
    return await answer(token, async (signal) => {
      const file = toFile(textDocument.uri);
      const folder = file === undefined ? undefined : this.#options.folders.of(file);
      if (file === undefined || folder === undefined) return null;
      await folder.current(signal);
      if (folder.state.kind !== 'ready') return null;
      const found = folder.state.analysis.actors.flatMap((actor) => keysAt(actor, file, position));
      return this.#hoverOf(found);
    });
  }

  #hoverOf(found: readonly KeyAt[]): Hover | null {
    const [first] = found;
    if (first === undefined) return null;
    const { documents, client } = this.#options;
    const style = client.markdownHover ? markdown((file) => documents.uriOf(file)) : PLAIN;
    // A file that several Actors share: each has a store of its own.
    const isShared = found.some(({ actor }) => actor.root !== first.actor.root);
    const texts = found.map(({ actor, key }) => keyText(key, isShared ? actor.name : undefined, style));
    const kind = client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
    return { contents: { kind, value: texts.join('\n\n') }, range: first.at.range };
  }
}

interface KeyAt {
  readonly actor: ActorSummary;
  readonly key: KeySummary;
  readonly at: Location;
}

function keysAt(actor: ActorSummary, file: string, position: Position): readonly KeyAt[] {
  return actor.keys.flatMap((key): readonly KeyAt[] => {
    const at = key.namedAt.find((place) => place.file === file && covers(place, position));
    return at === undefined ? [] : [{ actor, key, at }];
  });
}

function covers({ range: { start, end } }: Location, { line, character }: Position): boolean {
  const begins = line > start.line || (line === start.line && character >= start.character);
  return begins && (line < end.line || (line === end.line && character <= end.character));
}
