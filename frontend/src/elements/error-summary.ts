/** After a form came back with errors, the reader starts at their summary. */
export function focusErrorSummary(root: ParentNode): void {
  root.querySelector<HTMLElement>("[data-error-summary]")?.focus();
}
