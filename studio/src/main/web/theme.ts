// Runs before the page is painted, so that a stored choice of colours does not flash in.
(() => {
  try {
    const chosen = localStorage.getItem('ourvidz.theme');
    if (chosen === 'dark' || chosen === 'light') {
      document.documentElement.dataset['theme'] = chosen;
    }
  } catch {
    // Storage is switched off: the system's choice stands.
  }
})();
