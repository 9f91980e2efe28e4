/** The page that a verdict is put into. It looks as the editor looks: fonts and colours are the theme's. */
export function panelPage(title: string, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main aria-live="polite"></main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

/** Gives the report's emoji the colours of the theme, and a name for a screen reader. */
export function withMarks(html: string): string {
  return html
    .replaceAll('✅', mark('good', '✓', 'good'))
    .replaceAll('❌', mark('bad', '✗', 'failed'))
    .replaceAll(/ℹ\uFE0F?/gu, mark('unknown', 'i', 'to be known'));
}

function mark(kind: string, sign: string, name: string): string {
  return `<span class="mark ${kind}" role="img" aria-label="${name}">${sign}</span>`;
}

const STYLE = `
body {
  max-width: 52em;
  margin: 0 auto;
  padding: 0.5em 2em 3em;
  font-family: var(--vscode-font-family);
  font-size: calc(var(--vscode-font-size) * 1.08);
  line-height: 1.55;
  color: var(--vscode-editor-foreground);
}
h1, h2, h3 { line-height: 1.3; font-weight: 600; }
h1 { font-size: 1.7em; margin: 0.6em 0 0.3em; }
h2 { font-size: 1.2em; margin: 1.6em 0 0.4em; padding-bottom: 0.2em; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-editorWidget-border, var(--vscode-contrastBorder))); }
h3 { font-size: 1em; margin: 1.2em 0 0.3em; }
h1 + p { font-size: 1.15em; margin-top: 0; }
ul { margin: 0.3em 0; padding-left: 1.4em; }
li { margin: 0.15em 0; }
code {
  font-family: var(--vscode-editor-font-family);
  font-size: 0.92em;
  padding: 0.1em 0.3em;
  border-radius: 3px;
  color: var(--vscode-textPreformat-foreground);
  background: var(--vscode-textPreformat-background);
  overflow-wrap: anywhere;
}
a { color: var(--vscode-textLink-foreground); text-underline-offset: 0.15em; }
a:hover { color: var(--vscode-textLink-activeForeground); }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
hr { border: 0; margin: 2em 0 1em; }
em { color: var(--vscode-descriptionForeground); font-style: normal; }
.mark { font-weight: 700; }
.mark.good { color: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
.mark.bad { color: var(--vscode-testing-iconFailed, var(--vscode-errorForeground)); }
.mark.unknown { color: var(--vscode-charts-blue); }
`;

const SCRIPT = `
const editor = acquireVsCodeApi();
const main = document.querySelector('main');
const shown = editor.getState();
if (shown) main.innerHTML = shown;
addEventListener('message', ({ data }) => {
  const focused = document.activeElement?.getAttribute('href');
  if (main.innerHTML === data.html) return;
  main.innerHTML = data.html;
  editor.setState(data.html);
  if (focused) document.querySelector('a[href="' + focused + '"]')?.focus();
});
main.addEventListener('click', (event) => {
  const number = /^#place-(\\d+)$/.exec(event.target.closest('a')?.getAttribute('href') ?? '')?.[1];
  if (number === undefined) return;
  event.preventDefault();
  editor.postMessage({ place: Number(number) });
});
editor.postMessage({ ready: true });
`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
