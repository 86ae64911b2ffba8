// The comparison of managers: shows the parts of the page that Python makes, and asks for them anew. All markup is our own templates'.
const PARTS = ["top", "evidence", "judged", "method"];
const PAUSE = 80; // between two moves of the slider, before Python is asked
const REFERS = ["id", "for", "aria-describedby", "aria-labelledby"];

function parsed(markup, view) {
  const body = document.adoptNode(new DOMParser().parseFromString(markup, "text/html").body);
  for (const name of REFERS) {
    for (const part of body.querySelectorAll(`[${name}]`)) part.setAttribute(name, `${part.getAttribute(name)}-${view}`);
  }
  return [...body.childNodes];
}

function render({ model, el }) {
  const view = Math.random().toString(36).slice(2, 8); // several views of one notebook share a document
  // Keys belong to the page, not to the notebook around it. JupyterLab asks what has the focus first.
  el.addEventListener("focusin", (event) => { event.target.dataset.lmSuppressShortcuts = "true"; });
  el.replaceChildren(...parsed(model.get("desk"), view));
  const part = (name) => el.querySelector(`[data-part="${name}"]`);
  const form = part("controls");
  const { limit, find } = form.elements;
  let timer = null;

  function put(name) {
    const place = part(name);
    const open = new Set([...place.querySelectorAll("details[open]")].map((one) => one.id));
    place.replaceChildren(...parsed(model.get(name), view));
    for (const one of place.querySelectorAll("details")) one.open = open.has(one.id);
    if (find.value.trim()) filter();
  }

  function filter() {
    const wanted = find.value.trim().toLowerCase();
    for (const row of el.querySelectorAll("tr[data-find]")) {
      row.hidden = wanted !== "" && !row.querySelector("th").textContent.toLowerCase().includes(wanted);
      const fold = row.closest("details");
      if (wanted && !row.hidden && fold && !fold.id.startsWith("cal-open-trace")) fold.open = true;
    }
  }

  function tell() {
    const text = model.get("state");
    const state = part("state");
    if (state.textContent !== text) state.textContent = text;
    const bar = part("bar");
    bar.hidden = model.get("progress") >= 1;
    bar.value = model.get("progress");
  }

  function settle() {
    const shown = model.get("shown");
    form.hidden = shown.limit === undefined;
    if (form.hidden) return;
    if (timer === null) limit.value = shown.limit;
    part("limit").textContent = Number(limit.value).toFixed(2);
    part("standard").textContent = shown.standard.toFixed(2);
    part("reset").hidden = shown.limit === shown.standard;
    part("what-if").hidden = shown.without_names;
    part("fixed").hidden = !shown.without_names;
    form.elements.view.value = shown.without_names ? "shareable" : "identified";
  }

  const ask = (value, pause = 0) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      model.send({ kind: "judge", limit: value, without_names: form.elements.view.value === "shareable" });
    }, pause);
  };
  limit.addEventListener("input", () => {
    part("limit").textContent = Number(limit.value).toFixed(2);
    ask(Number(limit.value), PAUSE);
  });
  part("reset").addEventListener("click", () => {
    ask(model.get("shown").standard);
    limit.focus();
  });
  for (const choice of form.querySelectorAll('[name="view"]')) choice.addEventListener("change", () => ask(model.get("shown").limit));
  find.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());

  const heard = { "change:state": tell, "change:progress": tell, "change:shown": settle };
  for (const name of PARTS) {
    heard[`change:${name}`] = () => put(name);
    put(name);
  }
  for (const [event, act] of Object.entries(heard)) model.on(event, act);
  tell();
  settle();
  model.send({ kind: "begin" });
  return () => {
    clearTimeout(timer);
    for (const [event, act] of Object.entries(heard)) model.off(event, act);
  };
}

export default { render };
