import { escaped } from './markup.ts';
import { PAGE_STYLE } from './page-style.ts';

/**
 * A page that stands for itself: one file, no script, nothing fetched, light or dark as the system is.
 *
 * @param content what {@link asHtml} gave
 */
export function htmlPage(title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}
