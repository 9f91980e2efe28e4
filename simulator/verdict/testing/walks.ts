import type { RunStory } from './recording-builder.ts';

/** The numbers from the first to the last. */
export function pages(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Pushes an item for each page and saves where it is after each. */
export function walk(story: RunStory, from: number, to: number, key = 'STATE'): RunStory {
  for (const page of pages(from, to)) story.push({ page, title: `Page ${page}` }).save(key, { page });
  return story;
}
