/**
 * How the report looks: in the editor with the theme's fonts and colours, elsewhere with those of the system, light or dark.
 * The signs do not rest on colour alone: shapes, words and strokes tell the same.
 */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --text: var(--vscode-editor-foreground, light-dark(#1f2328, #e6edf3));
  --faint: var(--vscode-descriptionForeground, light-dark(#59636e, #9198a1));
  --page: var(--vscode-editor-background, light-dark(#ffffff, #0d1117));
  --line: var(--vscode-widget-border, var(--vscode-contrastBorder, light-dark(#d1d9e0, #3d444d)));
  --good: var(--vscode-testing-iconPassed, light-dark(#1a7f37, #3fb950));
  --bad: var(--vscode-testing-iconFailed, light-dark(#cf222e, #f85149));
  --blue: var(--vscode-charts-blue, light-dark(#0969da, #4493f8));
  --link: var(--vscode-textLink-foreground, light-dark(#0969da, #4493f8));
  --code: var(--vscode-textPreformat-foreground, var(--text));
  --code-page: var(--vscode-textPreformat-background, light-dark(#eff1f3, #21262d));
  --life: var(--vscode-editorWidget-background, light-dark(#f6f8fa, #161b22));
  --added: var(--vscode-diffEditor-insertedTextBackground, light-dark(#dafbe1, #12361f));
  --removed: var(--vscode-diffEditor-removedTextBackground, light-dark(#ffebe9, #42191c));
}
body {
  max-width: 62em;
  margin: 0 auto;
  padding: 0.5em 2em 3em;
  font-family: var(--vscode-font-family, system-ui, sans-serif);
  font-size: calc(var(--vscode-font-size, 15px) * 1.08);
  line-height: 1.55;
  color: var(--text);
  background: var(--page);
}
h1, h2, h3 { line-height: 1.3; font-weight: 600; }
h1 { font-size: 1.7em; margin: 0.6em 0 0.3em; }
h2 { font-size: 1.2em; margin: 1.6em 0 0.4em; padding-bottom: 0.2em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1em; margin: 1.2em 0 0.3em; }
.sentence { font-size: 1.15em; margin-top: 0; }
.status, .fidelity { color: var(--faint); }
ul { margin: 0.3em 0; padding-left: 1.4em; }
li { margin: 0.15em 0; }
code, pre, .state-diff { font-family: var(--vscode-editor-font-family, ui-monospace, monospace); font-size: 0.92em; }
code {
  padding: 0.1em 0.3em;
  border-radius: 3px;
  color: var(--code);
  background: var(--code-page);
  overflow-wrap: anywhere;
}
/* A high contrast theme may give code a page of its own that fits no text but its own: a frame is enough. */
.vscode-high-contrast code { color: inherit; background: none; outline: 1px solid var(--line); }
pre { max-height: 24em; overflow: auto; margin: 0.3em 0; }
pre code { display: block; padding: 0.6em 0.8em; overflow-wrap: normal; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, pre:focus-visible { outline: 2px solid var(--vscode-focusBorder, var(--blue)); outline-offset: 2px; }
.tone { font-weight: 700; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.unknown { color: var(--blue); }
table { border-collapse: collapse; width: 100%; font-size: 0.95em; }
th, td { padding: 0.35em 0.7em 0.35em 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.wide { overflow-x: auto; }
figure { margin: 0.6em 0; overflow-x: auto; }
.timeline { width: 100%; min-width: 30em; max-width: 52em; height: auto; font-size: 13.5px; }
.timeline text { fill: var(--text); }
.timeline .row, .timeline .tick text { fill: var(--faint); font-size: 12.5px; }
.timeline .process { font-weight: 600; }
.life { fill: var(--life); stroke: var(--line); }
.window { fill: var(--blue); fill-opacity: 0.16; stroke: var(--blue); stroke-dasharray: 3 2; }
.end { stroke: var(--text); stroke-width: 1.5; }
.end.killed, .end.failed { stroke: var(--bad); stroke-width: 2.5; }
.tick path { stroke: var(--faint); }
.mark { fill: var(--text); stroke: none; }
.mark.save { fill: var(--good); }
.mark.restore { fill: var(--blue); }
.mark.cut { fill: none; stroke: var(--bad); stroke-width: 2.5; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2em 1.4em; list-style: none; padding: 0; color: var(--faint); font-size: 0.88em; }
.legend svg { width: 1em; height: 1em; margin-right: 0.4em; vertical-align: -0.12em; }
.window-sign { display: inline-block; width: 1em; height: 0.8em; margin-right: 0.4em; border: 1px dashed var(--blue); background: color-mix(in srgb, var(--blue) 16%, transparent); }
.state-diff ul { list-style: none; padding-left: 1.4em; }
.state-diff li > div, .state-diff pre { display: inline-block; margin: 0 0.4em 0 0; vertical-align: top; max-height: none; overflow-wrap: anywhere; white-space: pre-wrap; }
.jsondiffpatch-property-name::after { content: ':'; }
.jsondiffpatch-unchanged { color: var(--faint); }
.jsondiffpatch-added pre, .jsondiffpatch-right-value pre { background: var(--added); }
.jsondiffpatch-deleted pre, .jsondiffpatch-left-value pre { background: var(--removed); text-decoration: line-through; }
.jsondiffpatch-right-value::before { content: '\\2192\\a0'; }
@media (forced-colors: active) { .window { fill-opacity: 0; } .mark { forced-color-adjust: none; } }
@media print { body { max-width: none; } }
`;
