// The button that writes a pack: Python does one step for each time it is asked, the page stops by not asking. Text is only ever set as text.
let makers = 0;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function choices(legend, name, ones, id) {
  const boxes = ones.map((one) => {
    const box = make("input", { type: "checkbox", name, value: one.key, id: `${id}-${one.key}` });
    box.checked = one.checked;
    return make("label", { for: box.id }, box, make("span", {}, one.words, ...(one.note ? [make("span", { class: "hint" }, one.note)] : [])));
  });
  return make("fieldset", {}, make("legend", {}, legend), ...boxes);
}

function save(name, bytes) {
  const link = make("a", { download: name, href: URL.createObjectURL(new Blob([bytes], { type: "application/zip" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function render({ model, el }) {
  const id = `okr-pack-${(makers += 1)}`;
  const { papers, formats } = model.get("offers");
  const start = make("button", { type: "submit" }, "Write the pack");
  const stop = make("button", { type: "button", hidden: "" }, "Cancel");
  const bar = make("progress", { max: 1, value: 0, hidden: "", "aria-label": "How much of the pack is written" });
  const state = make("p", { class: "state", "aria-live": "polite" });
  const form = make("form", {}, choices("Papers", "papers", papers, id), choices("As", "formats", formats, id), make("div", { class: "act" }, start, stop, bar, state));
  el.replaceChildren(make("section", { class: "okr pack-maker no-print", "aria-labelledby": id },
    make("h2", { id }, "Take it with you"),
    make("p", { class: "hint" }, "Files for a meeting, from the records behind this page, as one zip file in your downloads."), form));
  el.addEventListener("focusin", (event) => { event.target.dataset.lmSuppressShortcuts = "true"; });
  let asked = 0; // the run whose answers count; 0 when nothing is being written

  const picked = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value);
  const show = (busy) => {
    start.disabled = busy;
    for (const part of [stop, bar]) part.hidden = !busy;
  };
  const finish = (words) => {
    asked = 0;
    const held = document.activeElement === stop;
    show(false);
    state.textContent = words;
    if (held) start.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    asked = Math.floor(Math.random() * 2 ** 30) + 1;
    bar.value = 0;
    state.textContent = "Beginning …";
    show(true);
    model.send({ kind: "begin", id: asked, papers: picked("papers"), formats: picked("formats") });
  });
  stop.addEventListener("click", () => {
    model.send({ kind: "cancel", id: asked });
    finish("Stopped. Nothing was saved.");
  });
  const hear = (told, buffers) => {
    if (!asked || told.id !== asked) return;
    if (told.why) finish(told.why);
    else if (told.file) {
      save(told.file, buffers[0]);
      finish(`Done: ${told.file} is with your downloads.`);
    } else {
      bar.value = told.share;
      state.textContent = `${told.next} …`;
      model.send({ kind: "step", id: asked });
    }
  };
  model.on("msg:custom", hear);
  return () => model.off("msg:custom", hear);
}

export default { render };
