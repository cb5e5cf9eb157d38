// Where the details are shown: below the line, or on a phone as a sheet over the page, so that they
// do not push the page's own buttons away.

/** @param asSheet whether to show them over the page */
export function openDetails(details: HTMLDialogElement, asSheet: boolean): void {
  if (details.open) return;
  details.setAttribute('role', asSheet ? 'dialog' : 'group');
  if (asSheet) details.showModal();
  else details.open = true;
}

/** Whether they are shown over the page; the rest of it then can't have the focus. */
const isSheet = (details: HTMLDialogElement): boolean => details.matches(':modal');

/** Calls a function when the shopper closes the details: Escape, back, a tap beside the sheet. */
export function onDismiss(details: HTMLDialogElement, root: ShadowRoot, dismiss: () => void): void {
  root.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key !== 'Escape' || !details.open) return;
    event.preventDefault();
    event.stopPropagation();
    dismiss();
  });
  details.addEventListener('cancel', (event) => {
    event.preventDefault();
    dismiss();
  });
  details.addEventListener('click', ({ target, clientY }) => {
    const isBeside = target === details && clientY < details.getBoundingClientRect().top;
    if (isSheet(details) && isBeside) dismiss();
  });
}
