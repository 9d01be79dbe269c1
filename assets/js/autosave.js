// Answers are saved while they are typed: some seconds after the last key, and at the latest after half a minute.
const PAUSE = 3000;
const LONGEST = 30000;

export function autosave(form, onSaved) {
  const note = form.querySelector("[data-saved]");
  let timer = null;
  let since = null;
  let sending = null;
  let stopped = false;

  const typed = () => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    return body;
  };
  const settle = async (answer) => {
    const told = await answer.json();
    if (answer.ok) {
      form.elements.version.value = told.version;
      if (since === null) onSaved();
    } else {
      stopped = true;
    }
    note.textContent = told.message;
  };
  const send = () => {
    if (sending || stopped || form.dataset.uploading) return;
    since = null;
    const headers = { Accept: "application/json" };
    sending = fetch(form.action, { method: "POST", body: typed(), headers, redirect: "manual" })
      .then(settle)
      .catch(() => { note.textContent = "Not saved just now. Save and continue keeps what you typed."; })
      .finally(() => { sending = null; if (since !== null) wait(); });
    form.saving = sending;
  };
  const wait = () => {
    since ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  };

  form.addEventListener("input", wait);
  form.addEventListener("change", wait);
  // What is under way first: or the page would meet its own save as somebody else's.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    stopped = true;
    const button = event.submitter;
    sending.finally(() => form.requestSubmit(button));
  });
}
