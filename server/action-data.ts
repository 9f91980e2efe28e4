/** What an action carries from its offer to its edit. */
export type ActionData =
  | { readonly kind: 'fix'; readonly uri: string; readonly finding: string; readonly fix: string }
  | { readonly kind: 'suppress'; readonly uri: string; readonly finding: string }
  | { readonly kind: 'fix-all'; readonly uri: string };

/** The border: a client sends back what it was given, or something else. */
export function readData(data: unknown): ActionData | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('uri' in data)) return undefined;
  const { kind, uri } = data;
  if (typeof uri !== 'string') return undefined;
  if (kind === 'fix-all') return { kind, uri };
  if (!('finding' in data) || typeof data.finding !== 'string') return undefined;
  const { finding } = data;
  if (kind === 'suppress') return { kind, uri, finding };
  return kind === 'fix' && 'fix' in data && typeof data.fix === 'string'
    ? { kind, uri, finding, fix: data.fix }
    : undefined;
}
