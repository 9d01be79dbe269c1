// Repeated rows: the add and remove buttons work at once instead of through the server.
export function enhanceRows(box, enhance) {
  const list = box.querySelector("[data-rows-list]");
  const template = box.querySelector("template");
  const add = box.querySelector('button[name="add-row"]');
  const news = box.querySelector("[data-rows-news]");
  const { noun } = box.dataset;
  const most = Number(box.dataset.most);
  const rows = () => [...list.children];
  let next = Math.max(-1, ...rows().map((row) => Number(row.dataset.row))) + 1;

  const settle = () => {
    rows().forEach((row, at) => row.querySelectorAll("[data-rows-number]").forEach((place) => { place.textContent = at + 1; }));
    add.hidden = rows().length >= most;
  };

  add.addEventListener("click", (event) => {
    event.preventDefault();
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__n__", String(next));
    next += 1;
    const row = holder.firstElementChild;
    list.append(row);
    settle();
    enhance(row);
    row.querySelector("input, select, textarea").focus();
    news.textContent = `${noun} ${rows().length} added`;
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="remove-row"]');
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const at = rows().indexOf(row);
    row.remove();
    settle();
    box.dispatchEvent(new Event("change", { bubbles: true }));
    (rows()[Math.min(at, rows().length - 1)]?.querySelector('button[name="remove-row"]') ?? add).focus();
    news.textContent = `${noun} ${at + 1} removed`;
  });
}
