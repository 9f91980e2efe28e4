import type { Change, InFlight, ProcessNumber, RecordedItem, StorageId, Time } from '../recording.ts';
import { canonical, parseJson, type Span } from './canonical.ts';
import type { ProcessLife } from './history.ts';
import { isOf, landed } from './writes.ts';

/** An item of a dataset, in the order of the pushes. */
export interface PushedItem {
  readonly dataset: StorageId;
  readonly process: ProcessNumber;
  /** JSON text as it was pushed; its hash where it is too large. */
  readonly text: string;
  /** Equal for equal items of a dataset. */
  readonly content: string;
  readonly begunAt: Time;
  readonly settledAt: Time;
  readonly during: readonly InFlight[];
}

/** The items that a process pushed and that landed. */
export function itemsOf(life: ProcessLife, span: Span): readonly PushedItem[] {
  return life.writes
    .filter(landed)
    .filter(isOf('push-items'))
    .flatMap(({ change: { dataset, items }, process, begunAt, settledAt, during }) =>
      items.map((item) => {
        const [text, content] = [textOf(item), `${dataset.name}\0${itemContent(item, span)}`];
        return { dataset, process, text, content, begunAt, settledAt, during };
      }),
    );
}

/** @returns for each item of a push a text that equal items share */
export function itemContents({ items }: Extract<Change, { type: 'push-items' }>, span: Span): readonly string[] {
  return items.map((item) => itemContent(item, span));
}

function itemContent(item: RecordedItem, span: Span): string {
  if ('sha256' in item) return textOf(item);
  const json = parseJson(item.json);
  return json === undefined ? item.json : canonical(json, span);
}

function textOf(item: RecordedItem): string {
  return 'sha256' in item ? `sha256:${item.sha256}` : item.json;
}
