// A school's look-up: suggestions from /schools?q=. What is sent is the URN chosen, or the words typed.
import accessibleAutocomplete from "accessible-autocomplete";

const named = (school) => (school ? [school.name, school.town].filter(Boolean).join(", ") : "");
const listed = (school) => `${[school.name, school.town, school.postcode].filter(Boolean).join(", ")} (URN ${school.urn})`
  .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function enhanceSchool(input) {
  const { id } = input;
  const sent = input.cloneNode();
  sent.type = "hidden";
  ["id", "class", "autocomplete", "aria-describedby", "data-schools", "data-label", "spellcheck"].forEach((name) => sent.removeAttribute(name));
  const holder = document.createElement("div");
  const hint = document.getElementById((input.getAttribute("aria-describedby") ?? "").split(" ")[0])?.textContent ?? "";
  let latest = 0;
  let waiting = false;
  const inside = document.activeElement === input;
  input.replaceWith(sent, holder);

  accessibleAutocomplete({
    element: holder,
    id,
    name: "",
    defaultValue: input.dataset.label || input.value,
    minLength: 2,
    confirmOnBlur: false,
    inputClasses: "govuk-input",
    templates: { inputValue: named, suggestion: (school) => (typeof school === "string" ? school : listed(school)) },
    tAssistiveHint: () => `${hint.trim()} When suggestions appear, use the up and down arrows to look through them and enter to choose one.`,
    tNoResults: () => (waiting ? "Looking for schools" : "No school found"),
    source: (query, show) => {
      latest += 1;
      const asked = latest;
      waiting = true;
      const answer = (schools) => {
        if (asked !== latest) return;
        waiting = false;
        show(schools);
      };
      fetch(`${input.dataset.schools}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } })
        .then((response) => (response.ok ? response.json() : []))
        .then(answer, () => answer([]));
    },
    onConfirm: (school) => { if (school) sent.value = school.urn; },
  });
  const box = holder.querySelector("input");
  box.addEventListener("input", (event) => { sent.value = event.target.value; });
  if (inside) box.focus();
}
