/** Keys that work everywhere in a view. Views add theirs; the dialog under `?` lists all of them. */
export interface Shortcut {
  /** As `KeyboardEvent.key`, in small letters; `mod+enter` for Ctrl or Cmd. */
  keys: string;
  does: string;
  /** Absent for what a component handles itself and only lists here. */
  run?: () => void;
}

const groups = new Map<string, Shortcut[]>();

/** Adds a view's shortcuts; returns what takes them away again. */
export function addShortcuts(group: string, shortcuts: Shortcut[]): () => void {
  groups.set(group, shortcuts);
  return () => groups.delete(group);
}

export function listShortcuts(): [string, Shortcut[]][] {
  return [...groups];
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.altKey || (typing(event) && !(event.ctrlKey || event.metaKey))) {
    return;
  }
  if (event.composedPath().some((element) => element instanceof HTMLDialogElement)) {
    return;
  }
  const keys = (event.ctrlKey || event.metaKey ? 'mod+' : '') + event.key.toLowerCase();
  const found = [...groups.values()].flat().find((shortcut) => shortcut.keys === keys && shortcut.run);
  if (found) {
    event.preventDefault();
    found.run?.();
  }
});

/** Letters belong to the field that they are typed into. */
function typing(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
  );
}
