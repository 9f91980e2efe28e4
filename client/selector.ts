/** The documents that can be part of an Actor. */
export const SELECTOR = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'].map((language) => ({
  scheme: 'file',
  language,
}));
