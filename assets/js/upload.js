// Files go up with a bar that shows how far they are, and the page stays. Without script the whole form is sent.
const STEP = 25;

export function upload(form, onSaved) {
  const buttons = form.querySelectorAll('button[name="then"][value="upload"]');
  buttons.forEach((button) => button.addEventListener("click", (event) => {
    const box = button.closest(".app-group").querySelector("[data-upload]");
    const files = form.querySelector(`input[type="file"][name="${box.dataset.upload}"]`);
    if (!files || files.files.length === 0 || button.disabled) return;
    event.preventDefault();
    start(form, button, box, onSaved);
  }));
}

async function start(form, button, box, onSaved) {
  const bar = box.querySelector("progress");
  const note = box.querySelector("[role=status]");
  const again = () => { button.disabled = false; delete form.dataset.uploading; };
  form.dataset.uploading = "yes";
  button.disabled = true;
  await form.saving;
  const body = new FormData(form);
  body.append("then", "upload");
  const request = new XMLHttpRequest();
  let told = -1;

  box.hidden = false;
  bar.value = 0;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = Math.floor((100 * loaded) / total);
    if (bar.value - told < STEP && bar.value < 100) return;
    told = bar.value;
    note.textContent = bar.value < 100 ? `Uploading: ${told}%` : "Uploaded. We are checking the files.";
  });
  request.addEventListener("load", () => {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { /* not ours: said below */ }
    if (request.status === 200) form.elements.version.value = answer.version;
    const refused = Object.values(answer.refused ?? {});
    if (request.status === 200 && refused.length === 0) {
      onSaved();
      note.textContent = "The files are added.";
      window.location.reload();
      return;
    }
    again();
    note.textContent = refused.join(". ") || answer.message || "The files were not added. Try again.";
    note.focus();
  });
  request.addEventListener("error", () => { again(); note.textContent = "The files were not added: the connection broke. Try again."; });
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}
