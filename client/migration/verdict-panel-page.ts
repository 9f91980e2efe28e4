import { escaped, PAGE_STYLE } from '../../simulator/index.ts';

/** The page that a verdict is put into. It looks as the editor looks: fonts and colours are the theme's. */
export function panelPage(title: string, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${PAGE_STYLE}</style>
</head>
<body>
<main aria-live="polite"></main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

const SCRIPT = `
const editor = acquireVsCodeApi();
const main = document.querySelector('main');
const shown = editor.getState();
if (shown) main.innerHTML = shown;
let pressed = false;
let newest = shown ?? '';
function show() {
  // A link that is replaced while the mouse is down on it would get no click.
  if (pressed || main.innerHTML === newest) return;
  const focused = document.activeElement?.getAttribute('href');
  main.innerHTML = newest;
  editor.setState(newest);
  if (focused) document.querySelector('a[href="' + focused + '"]')?.focus();
}
addEventListener('message', ({ data }) => {
  newest = data.html;
  show();
});
addEventListener('pointerdown', () => { pressed = true; });
for (const end of ['pointerup', 'pointercancel', 'blur']) {
  addEventListener(end, () => {
    pressed = false;
    // The click comes after it.
    setTimeout(show);
  });
}
main.addEventListener('click', (event) => {
  const number = /^#place-(\\d+)$/.exec(event.target.closest('a')?.getAttribute('href') ?? '')?.[1];
  if (number === undefined) return;
  event.preventDefault();
  editor.postMessage({ place: Number(number) });
});
editor.postMessage({ ready: true });
`;
