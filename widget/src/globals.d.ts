/** Version of the widget, put in by the build. */
declare const __VERSION__: string;

declare module "*.css" {
  const text: string;
  export default text;
}
