// Care for what is typed: one submission for two clicks, a question before unsaved text is left, a word before sign-out.
const changed = new Set();

export function guardDoubleSubmit(form) {
  let sent = 0;
  form.addEventListener("submit", (event) => {
    const now = Date.now();
    if (now - sent < 4000) event.preventDefault();
    else sent = now;
  });
  window.addEventListener("pageshow", () => { sent = 0; });
}

export function warnBeforeLeaving(form) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("change", () => changed.add(form));
  form.addEventListener("submit", () => changed.clear());
  window.addEventListener("beforeunload", (event) => { if (changed.size > 0) event.preventDefault(); });
}

export function warnBeforeSignOut(notice) {
  if (!notice) return;
  const early = 5 * 60;
  const wait = Math.max(0, Number(notice.dataset.seconds) - early) * 1000;
  if (wait < 2 ** 31) setTimeout(() => { notice.hidden = false; }, wait);
}
