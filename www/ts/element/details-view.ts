// Where the details are shown: below the line, or on a phone as a sheet over the page, so that they
// do not push the page's own buttons away.

/** Whether the window is as narrow as a phone's. */
export const isNarrow = (): boolean => matchMedia('(max-width: 40em)').matches;

/** @param asSheet whether to show them over the page */
export function openDetails(details: HTMLDialogElement, asSheet: boolean): void {
  if (details.open) return;
  details.setAttribute('role', asSheet ? 'dialog' : 'group');
  if (asSheet) details.showModal();
  else details.open = true;
}

export function closeDetails(details: HTMLDialogElement): void {
  if (details.open) details.close();
}

/** Whether they are shown over the page; the rest of it then can't have the focus. */
const isSheet = (details: HTMLDialogElement): boolean => details.matches(':modal');

/** Focuses what stays where it is when something in the details disappears. */
export function focusAnchor(details: HTMLDialogElement, toggle: HTMLElement): void {
  const close = isSheet(details) ? details.querySelector<HTMLElement>('.close') : null;
  (close ?? toggle).focus();
}

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
