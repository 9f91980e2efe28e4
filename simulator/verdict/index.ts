/** The verdict on a run, and its faces. */
export { capital, wordsOf } from './cause-words.ts';
export { judge, type JudgeOptions } from './judge.ts';
export { asJson, exitCode, type MigrateOutput } from './json.ts';
export { asMarkdown } from './markdown.ts';
export { htmlPage } from './page/html-page.ts';
export { asHtml, evidenceAsHtml, type FoundBefore, type HtmlReportParts } from './page/html-report.ts';
export { escaped } from './page/markup.ts';
export { PAGE_STYLE } from './page/page-style.ts';
export { describe, type KeyPlaces, type KeyReport, type Place, type Report, type Tone } from './report.ts';
export { settled } from './settled.ts';
export { asText } from './text.ts';
export type { Paint } from './text-lines.ts';
export { VERDICTS, type Verdict, type VerdictWord } from './verdict.ts';
