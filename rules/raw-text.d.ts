/** A file taken as its text: `import text from './declarations.d.ts?raw'`. The bundler and the test runner both know it. */
declare module '*?raw' {
  const text: string;
  export default text;
}
