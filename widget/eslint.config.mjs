import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/", "build.mjs", "eslint.config.mjs"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      complexity: ["error", 10],
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", 60],
      // What people write and the bot answers is shown as text only.
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc"].map((property) => ({
          property,
          message: "Set text, never markup.",
        })),
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text only." },
        { selector: "JSXAttribute[name.name='style']", message: "Styles stand in styles.css." },
      ],
      "no-restricted-globals": ["error", "eval", "localStorage", "sessionStorage"],
      "no-eval": "error",
      "no-new-func": "error",
    },
  },
  {
    // A table of tests is one long function, and node:test returns promises nobody waits for.
    files: ["test/**"],
    rules: { "max-lines-per-function": "off", "@typescript-eslint/no-floating-promises": "off" },
  },
);
