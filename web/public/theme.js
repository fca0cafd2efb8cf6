// Before the first paint: the theme chosen last time, so that the page never flashes.
try {
  const theme = localStorage.getItem("pellucid.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused; the system's choice holds then.
}
