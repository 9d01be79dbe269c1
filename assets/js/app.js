// Everything here is a convenience: each page works without it.
import {
  Button, CharacterCount, Checkboxes, createAll, ErrorSummary, NotificationBanner, PasswordInput, Radios,
  ServiceNavigation, SkipLink,
} from "govuk-frontend";
import { enhanceRows } from "./rows.js";
import { autosave } from "./autosave.js";
import { upload } from "./upload.js";
import { guardDoubleSubmit, isSaved, warnBeforeLeaving, warnBeforeSignOut } from "./leaving.js";

// A radio button takes no `aria-expanded` (ARIA 1.2); what it shows follows it in the page.
class PlainRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

for (const part of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, PlainRadios, ServiceNavigation, SkipLink]) {
  createAll(part);
}

const enhance = (scope) => {
  createAll(CharacterCount, undefined, scope);
  createAll(PlainRadios, undefined, scope);
  findSchools(scope);
};

function findSchools(scope) {
  const inputs = [...scope.querySelectorAll("input[data-schools]")].filter((input) => !input.closest("template"));
  if (inputs.length > 0) {
    import(document.body.dataset.schoolsScript).then((module) => inputs.forEach(module.enhanceSchool));
  }
}

findSchools(document);
document.querySelectorAll("[data-rows]").forEach((box) => enhanceRows(box, enhance));
document.querySelectorAll("form[data-autosave]").forEach((form) => autosave(form, () => isSaved(form)));
document.querySelectorAll('form[enctype="multipart/form-data"][data-autosave]').forEach((form) => upload(form, () => isSaved(form)));
document.querySelectorAll("form").forEach(guardDoubleSubmit);
document.querySelectorAll("form[data-unsaved]").forEach(warnBeforeLeaving);
warnBeforeSignOut(document.getElementById("session-warning"));
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
// The filter panel stands open where it has room beside the list, and closed above it on a phone.
const narrow = window.matchMedia("(max-width: 768px)");
document.querySelectorAll("details[data-filter]").forEach((panel) => {
  if (narrow.matches) panel.removeAttribute("open");
  narrow.addEventListener("change", (event) => { if (!event.matches) panel.setAttribute("open", ""); });
});
