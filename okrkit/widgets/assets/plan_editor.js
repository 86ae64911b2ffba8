// The plan as a form. Every entry goes to Python, which checks and keeps it; text is only ever set as text.
const PAUSE = 1000; // after the last key, an entry is sent
const PATIENCE = 10000; // without an answer for so long, an entry counts as not saved
const FIELDS = [
  { name: "owner", label: "Owner" },
  { name: "due", label: "Date" },
  { name: "status", label: "Status" },
  { name: "comment", label: "Comment" },
];
let forms = 0;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function control(name, rules) {
  if (name === "due") return make("input", { type: "date", min: rules.first, max: rules.last });
  if (name === "comment") return make("textarea", { rows: 1, maxlength: rules.longest.comment });
  if (name === "owner") return make("input", { type: "text", maxlength: rules.longest.owner, autocomplete: "off" });
  const choice = make("select", {}, make("option", { value: "" }, "not agreed"));
  choice.append(...rules.statuses.map((word) => make("option", { value: word }, word)));
  return choice;
}

function shorten(text) {
  return text.length > 60 ? `${text.slice(0, 60).replace(/\s+\S*$/, "")} …` : text;
}

// One input with its label and message, what Python is known to hold (`kept`), and whether the input holds
// something else of the reader's (`mine`): that is never written over unasked.
function makeField(step, { name, label }, rules, id) {
  const input = control(name, rules);
  input.id = id;
  const message = make("p", { class: "wrong", id: `${id}-wrong`, hidden: "" });
  const of = make("span", { class: "out" }, ` for: ${step.step}`);
  const cell = make("td", { role: "cell" }, make("label", { for: id }, make("span", {}, label), of), input, message);
  return { key: step.key, step: shorten(step.step), name, label, input, message, cell, kept: "", mine: false, unsure: false, timer: null, waiting: null };
}

function show(field, text) {
  field.kept = text;
  field.mine = false;
  field.input.value = text;
  field.input.classList.toggle("empty", text === "");
}

function complain(field, text) {
  field.message.textContent = text;
  field.message.hidden = !text;
  if (text) {
    field.input.setAttribute("aria-invalid", "true");
    field.input.setAttribute("aria-describedby", field.message.id);
  } else {
    field.input.removeAttribute("aria-invalid");
    field.input.removeAttribute("aria-describedby");
  }
}

function makeTable(steps, rules, id) {
  const fields = [];
  const heads = ["Step", "Takes about", ...FIELDS.map((field) => field.label)];
  const head = make("tr", { role: "row" }, ...heads.map((word) => make("th", { scope: "col", role: "columnheader" }, word)));
  const caption = make("caption", { class: "out" }, "Steps of the plan with owner, date, status and comment to fill in");
  const table = make("table", { role: "table" }, caption, make("thead", { role: "rowgroup" }, head));
  for (const killer of new Set(steps.map((step) => step.killer))) {
    const name = make("th", { scope: "rowgroup", colspan: heads.length, role: "rowheader" }, killer);
    const body = make("tbody", { role: "rowgroup" }, make("tr", { role: "row", class: "killer" }, name));
    for (const step of steps.filter((one) => one.killer === killer)) {
      const because = make("span", { class: "because" }, step.because);
      const row = make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader" }, step.step, because));
      row.append(make("td", { role: "cell", class: "takes" }, step.takes));
      for (const kind of FIELDS) {
        const field = makeField(step, kind, rules, `${id}-${fields.length}`);
        show(field, step[kind.name]);
        row.append(field.cell);
        fields.push(field);
      }
      body.append(row);
    }
    table.append(body);
  }
  return { table, fields };
}

function render({ model, el }) {
  const id = `okr-plan-${++forms}`;
  const { table, fields } = makeTable(model.get("steps"), model.get("rules"), id);
  const state = make("p", { class: "state", role: "status" });
  const advice =
    "The smallest step first for each killer. Owner and date are yours to fill in; a step without both is not agreed. " +
    "Entries are saved as you make them, on this computer and not in the client’s folder.";
  const head = make("div", { class: "head" }, make("h2", { id }, "Plan"), make("p", { class: "quiet small" }, advice));
  el.append(make("section", { class: "okr plan-form", "aria-labelledby": id }, head, table, state));

  const sent = new Map();
  let last = 0;
  const say = (text, calm) => {
    state.textContent = text;
    state.classList.toggle("not", !calm);
  };
  const refuse = (field, text) => {
    complain(field, text);
    say(`${text} (${field.label.toLowerCase()} for “${field.step}”)`, false);
  };

  function settle(number) {
    const field = sent.get(number);
    sent.delete(number);
    if (!field || field.waiting?.number !== number) return null; // a later entry is on its way
    clearTimeout(field.waiting.patience);
    field.waiting = null;
    return field;
  }

  function giveUp(number) {
    const field = settle(number);
    if (field) {
      field.unsure = true; // what Python holds is not known: leaving the field tries again
      refuse(field, "Not saved yet. okrkit does not answer. Your entry stays in its field.");
    }
  }

  function send(field) {
    clearTimeout(field.timer);
    field.timer = null;
    const text = field.input.value;
    const { badInput, rangeUnderflow, rangeOverflow } = field.input.validity;
    if (badInput || rangeUnderflow || rangeOverflow) {
      refuse(field, "Not saved. The date is not complete, or not from 1990 to 2100.");
      return;
    }
    if (text === field.waiting?.text) return;
    if (text === field.kept && !field.waiting && !field.unsure) {
      if (field.mine && !field.message.hidden) say("", true);
      show(field, text);
      complain(field, "");
      return;
    }
    if (field.waiting) clearTimeout(field.waiting.patience);
    const number = ++last;
    field.waiting = { number, text, patience: setTimeout(giveUp, PATIENCE, number) };
    sent.set(number, field);
    say("Saving …", true);
    try {
      model.send({ id: number, key: field.key, field: field.name, text });
    } catch {
      giveUp(number);
    }
  }

  function answered(answer) {
    const field = settle(answer.id);
    if (!field) return;
    field.unsure = false;
    if (!answer.saved) {
      const theirs = current().get(field.key)?.[field.name];
      if (theirs !== undefined && theirs !== field.kept) show(field, theirs);
      refuse(field, `Not saved. ${answer.why}`);
      return;
    }
    field.kept = answer.value;
    if (field.timer === null && field.input !== document.activeElement) show(field, answer.value);
    complain(field, "");
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    say(`Saved at ${time}: ${field.label.toLowerCase()} for “${field.step}”`, true);
  }

  // Python's view of the plan changes with another view of this form, and when another page was first.
  const current = () => new Map(model.get("steps").map((step) => [step.key, step]));
  function renewed() {
    const steps = current();
    for (const field of fields) {
      const text = steps.get(field.key)?.[field.name];
      if (text !== undefined && text !== field.kept && !field.mine) show(field, text);
    }
  }

  for (const field of fields) {
    field.input.addEventListener("input", () => {
      field.mine = true;
      field.input.classList.toggle("empty", field.input.value === "");
      clearTimeout(field.timer);
      const typing = field.name !== "due" || field.input.validity.valid;
      field.timer = setTimeout(send, typing ? PAUSE : PAUSE * 5, field);
    });
    if (field.name !== "due") field.input.addEventListener("change", () => send(field));
    field.input.addEventListener("blur", () => send(field));
  }
  const leaving = (event) => {
    for (const field of fields) if (field.timer !== null) send(field);
    if (sent.size > 0 || fields.some((field) => field.unsure)) event.preventDefault();
  };
  const reloading = (event) => {
    const busy = fields.some((field) => field.mine || field.unsure || field.waiting || field.input === document.activeElement);
    if (busy) event.preventDefault();
  };
  window.addEventListener("beforeunload", leaving);
  window.addEventListener("okrkit:reload", reloading);
  model.on("msg:custom", answered);
  model.on("change:steps", renewed);
  return () => {
    window.removeEventListener("beforeunload", leaving);
    window.removeEventListener("okrkit:reload", reloading);
    model.off("msg:custom", answered);
    model.off("change:steps", renewed);
  };
}

export default { render };
