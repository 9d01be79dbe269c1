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

export const isSaved = (form) => changed.delete(form);

export function warnBeforeLeaving(form) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("change", () => changed.add(form));
  form.addEventListener("submit", () => changed.clear());
  window.addEventListener("beforeunload", (event) => { if (changed.size > 0) event.preventDefault(); });
}

// Five minutes before the session ends; staying puts that off as far as the day allows, and touches nothing typed.
export function warnBeforeSignOut(notice) {
  if (!notice) return;
  const early = 5 * 60;
  const button = notice.querySelector("[data-stay]");
  const minutes = notice.querySelector("[data-minutes]");
  const token = document.querySelector('input[name="csrf_token"]').value;
  let timers = [];

  const tell = (left) => {
    const whole = Math.max(1, Math.ceil(left / 60));
    minutes.textContent = left <= 0 ? "a moment" : `${whole} minute${whole === 1 ? "" : "s"}`;
  };
  const wait = ({ seconds, most }) => {
    timers.forEach(clearTimeout);
    timers = [];
    const last = most <= seconds;
    notice.querySelector("[data-staying]").hidden = last;
    notice.querySelector("[data-ending]").hidden = !last;
    button.hidden = last;
    notice.hidden = seconds > early;
    tell(Math.min(seconds, early));
    timers.push(setTimeout(() => { notice.hidden = false; }, Math.max(0, seconds - early) * 1000));
    for (let left = 1; left < 5; left += 1) {
      if (seconds > left * 60) timers.push(setTimeout(() => tell(left * 60), (seconds - left * 60) * 1000));
    }
  };

  button.addEventListener("click", () => {
    fetch(button.dataset.stay, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then(wait, () => { minutes.textContent = "a moment"; });
  });
  wait({ seconds: Number(notice.dataset.seconds), most: Number(notice.dataset.most) });
}
