import type { Severity } from '../../rules/index.ts';

export type Style = Severity | 'success' | 'dim' | 'heading';
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, string>> = {
  error: '31',
  warning: '33',
  information: '34',
  hint: '36',
  success: '32',
  dim: '2',
  heading: '4',
};

/** Colours text with ANSI codes, or leaves it as it is. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour ? `\u001B[${CODES[style]}m${text}\u001B[0m` : text);
}
