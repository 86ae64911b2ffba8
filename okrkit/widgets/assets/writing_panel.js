// The key-result clinic: shows what Python judged and asks it again. Every word is set as text, never as markup.
const PAUSE = 150; // after the last key, before a rewrite is judged
const SHAPES = {
  met: [["circle", { cx: 8, cy: 8, r: 7.5, stroke: "none" }], ["path", { d: "M4.5 8.3l2.4 2.4 4.6-5", fill: "none", stroke: "var(--paper)", "stroke-width": 2 }]],
  "not-met": [["path", { d: "M8 0l8 8-8 8-8-8z", stroke: "none" }], ["path", { d: "M4.7 8h6.6", stroke: "var(--paper)", "stroke-width": 2 }]],
  same: [["circle", { cx: 8, cy: 8, r: 4, stroke: "none" }]],
  cannot: [["circle", { cx: 8, cy: 8, r: 6, fill: "none", "stroke-width": 2, "stroke-dasharray": "3 2.1" }]],
};
const BLANKS = { baseline: "[baseline]", target: "[target]", by: "[end of the cycle]", level: "[level]" };
const VERBS = { up: "Raise", down: "Cut", keep: "Keep" };

function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((one) => one !== null && one !== undefined));
  return made;
}

function mark(tone, word, tag = false) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, given] of SHAPES[tone]) {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(given)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return h("span", { class: `v ${tag ? "tag " : ""}${tone}` }, svg, word);
}

function quoted(item) {
  return item.pieces.map((piece) => (piece.mark ? h("mark", { class: piece.mark }, piece.text) : piece.text));
}

const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

function render({ model, el }) {
  const view = Math.random().toString(36).slice(2, 8); // several views of one notebook share a document
  el.dataset.lmSuppressShortcuts = "true"; // keys belong to the page, not to the notebook around it
  let at = 0;
  let timer = null;
  let dealt = { at: 0, right: 0, chosen: "" };
  const rewritten = new Map(); // text -> its rewrite, while the page is open
  const id = (name) => `cl-${name}-${view}`;
  const send = (kind, more = {}) => model.send({ kind, ...more });
  const button = (text, act, given = {}) => h("button", { type: "button", class: "plain", ...given, on: { click: act } }, text);

  const state = h("p", { class: "state", role: "status" });
  const head = h("div", { class: "head" });
  const pasted = h("textarea", { id: id("paste"), rows: 5, maxlength: 200000 });
  const team = h("select", { id: id("team") });
  const picking = h("p", { class: "pick" }, h("label", { for: id("team") }, "Or pick a team’s own: "), team);
  const paste = h("form", { class: "paste no-print", hidden: true, on: { submit: (event) => {
    event.preventDefault();
    judge(pasted.value.split("\n").map((line) => line.trim()).filter(Boolean));
  } } }, h("label", { for: id("paste") }, "Key results, one a line"), pasted, h("button", { type: "submit" }, "Judge them"));
  const list = h("ol", { class: "list" });
  const work = h("article", { class: "work", "aria-label": "The key result and its rewrite" });
  const drill = h("section", { class: "drill", "aria-label": "Practice", hidden: true });
  const side = h("nav", { "aria-label": "Key results" }, h("div", { class: "ph" }, h("h2", {}, "Key results"),
    button("Paste others", () => { paste.hidden = !paste.hidden; if (!paste.hidden) pasted.focus(); })), paste, picking, list,
    button("Practise on these", () => { send("practise"); }));
  el.replaceChildren(h("div", { class: "okr cl" }, head, state, h("div", { class: "desk" }, side, h("div", {}, drill, work))));

  function judge(texts) {
    at = 0;
    paste.hidden = true;
    send("judge", { texts });
  }

  function showHead() {
    const facts = model.get("counts").map(([count, name]) => h("span", {}, h("b", {}, count), ` ${name}`));
    if (model.get("company")) facts.push(h("span", {}, model.get("company")));
    head.replaceChildren(h("p", { class: "kicker" }, "Key-result clinic · nothing you paste is kept"),
      h("h1", { class: "verdict-line" }, model.get("verdict")), h("div", { class: "facts" }, ...facts));
  }

  function showList() {
    const items = model.get("items");
    at = Math.min(at, Math.max(0, items.length - 1));
    list.replaceChildren(...items.map((item, place) => h("li", { class: place === at ? "on" : null },
      h("button", { type: "button", "aria-current": place === at ? "true" : null, on: { click: () => { at = place; showList(); showWork(); } } },
        h("span", { class: "t" }, item.text || "(empty)"), h("span", { class: "m" }, mark(item.tone, item.name))))));
  }

  function showTeams() {
    picking.hidden = model.get("teams").length === 0;
    team.replaceChildren(h("option", { value: "" }, "choose a team"), ...model.get("teams").map((one) => h("option", { value: one.team }, one.name)));
  }
  team.addEventListener("change", () => { at = 0; if (team.value) send("pick", { team: team.value }); });

  function finding(item, one) {
    const reason = h("input", { type: "text", "aria-label": `Why “${one.claim}” is set aside`, maxlength: 500, placeholder: "the reason, kept with it" });
    const aside = (withdrawn) => send("set_aside", { text: item.text, rule: one.rule, reason: reason.value, withdrawn });
    const more = h("details", {}, h("summary", {}, "An example, and set aside"),
      one.weak ? h("dl", { class: "pair" }, h("div", {}, h("dt", {}, "Weak"), h("dd", {}, one.weak)), h("div", {}, h("dt", {}, "Strong"), h("dd", {}, one.strong))) : null,
      model.get("keeps") && !one.aside ? h("p", { class: "aside" }, reason, button("Set aside, with this reason", () => aside(false))) : null);
    if (one.aside) {
      return h("li", { class: "quiet" }, h("b", {}, one.claim), ` set aside: ${one.aside} `, button("Take it up again", () => aside(true)));
    }
    return h("li", {}, h("b", {}, `${one.claim}. `), one.reason, more);
  }

  function showWork() {
    const item = model.get("items")[at];
    drill.hidden = true;
    work.hidden = !item;
    if (!item) return;
    const sure = item.confidence === null ? "" : `${item.confidence > 0.8 ? "fairly sure" : "not sure"}, ${item.confidence.toFixed(2)}`;
    const open = item.findings.filter((one) => !one.aside);
    work.replaceChildren(h("p", { class: "quoted" }, ...quoted(item)),
      h("p", { class: "legend xs" }, h("span", {}, h("mark", { class: "work" }, "work")), h("span", {}, h("mark", { class: "change" }, "change, or a yes of others")), h("span", {}, h("mark", { class: "number" }, "number or date"))),
      h("div", { class: "judge" }, h("div", {}, mark(item.tone, item.name, true), h("p", { class: "xs quiet" }, sure)),
        h("div", {}, h("ul", { class: "why" }, ...item.why.map((one) => h("li", {}, h("b", {}, one.said), ` ${one.reason}`))),
          item.findings.length ? h("ol", { class: "finds" }, ...item.findings.map((one) => finding(item, one))) : h("p", { class: "small" }, "Nothing to add: it says what changes, from where, to where."))),
      open.length ? h("p", { class: "ask" }, open[0].question) : "",
      item.slots ? rewriting(item) : "");
  }

  function rewriting(item) {
    const slots = item.slots;
    const kept = rewritten.get(item.text) ?? { free: item.rewrite.text, ...slots, level: "" };
    rewritten.set(item.text, kept);
    const composes = slots.composed;
    const sentence = h("textarea", { class: "free", rows: 3, "aria-label": "The rewritten key result" });
    const said = h("p", { class: "verdict-now", role: "status" });
    const fields = {};
    const field = (name, label, size, blank = "") => {
      fields[name] = h("input", { type: "text", class: `w${size}${blank && !kept[name] ? " blank" : ""}`, "aria-label": label, placeholder: blank });
      fields[name].value = kept[name] ?? "";
      fields[name].addEventListener("input", () => { kept[name] = fields[name].value; if (blank) fields[name].classList.toggle("blank", !kept[name]); compose(); });
      return fields[name];
    };
    const direction = h("select", { "aria-label": "Direction" }, ...Object.entries(VERBS).map(([way, verb]) => h("option", { value: way }, verb)));
    direction.value = kept.direction;
    direction.addEventListener("change", () => { kept.direction = direction.value; compose(); });
    const text = () => {
      const told = (name) => (kept[name] ?? "").trim() || BLANKS[name];
      const guard = (kept.guard ?? "").trim();
      const level = /\d/.test(guard) ? guard.replace(/^(while )?/, "while ") : `while keeping ${guard} at ${told("level")}`;
      return `${VERBS[kept.direction]} ${kept.metric.trim()} from ${told("baseline")} to ${told("target")} by ${told("by")}${guard ? `, ${level}` : ""}`;
    };
    const check = () => {
      clearTimeout(timer);
      timer = setTimeout(() => send("check", { text: sentence.value }), PAUSE);
    };
    const compose = () => { sentence.value = text(); kept.free = sentence.value; check(); };
    sentence.value = kept.free;
    sentence.addEventListener("input", () => { kept.free = sentence.value; check(); });
    const heard = () => {
      const now = model.get("checked");
      if (!now.name || now.text !== sentence.value) return;
      const left = Object.values(BLANKS).filter((blank) => sentence.value.includes(blank)).length;
      const blanks = left ? `${left} ${left === 1 ? "blank" : "blanks"} left. With them filled this reads as ` : "This reads as ";
      const first = now.findings[0] ? ` ${now.findings[0].claim}.` : "";
      said.replaceChildren(mark(now.tone, now.name, true), h("span", { class: "small" }, blanks, h("b", {}, now.name.toLowerCase()), left ? "." : `.${first}`));
    };
    listen("change:checked", heard);
    const choices = (legend, name, ones, act) => h("fieldset", {}, h("legend", {}, legend), ...ones.map((one) => h("label", { class: "opt" },
      h("input", { type: "radio", name: id(name), checked: one.name === (name === "m" ? kept.metric : kept.guard), on: { change: () => act(one) } }),
      h("span", {}, h("b", {}, one.name || "None"), h("br"), h("span", { class: "quiet" }, one.note)))));
    const form = h("section", { "aria-labelledby": id("rw") }, h("h2", { id: id("rw") }, "Rewrite"),
      h("p", { class: "small quiet" }, `${slots.why} Blanks stay blanks until you fill them: measures are suggested, never your numbers.`),
      composes ? h("p", { class: "sent" }, direction, " ", field("metric", "Metric", 4), " from ", field("baseline", "Baseline, blank until you fill it", 1, "baseline"), " to ",
        field("target", "Target, blank until you fill it", 1, "target"), " by ", field("by", "Date, blank until you fill it", 2, "end of the cycle"), ", while keeping ", field("guard", "Guard metric", 3), " at ",
        field("level", "Level of the guard metric, blank until you fill it", 1, "level")) : null,
      sentence, said,
      composes ? h("div", { class: "cols" },
        choices(`Measures that fit ${slots.topic}`, "m", slots.metrics, (one) => { kept.metric = fields.metric.value = one.name; kept.direction = direction.value = one.way; compose(); }),
        choices("Guard: what must not get worse", "g", [...slots.guards.map((name) => ({ name, note: "keep it where it is" })), { name: "", note: "say why to those who ask" }],
          (one) => { kept.guard = fields.guard.value = one.name; compose(); })) : null,
      item.rewrite.initiatives.length ? h("div", { class: "init" }, h("h3", {}, "The work keeps its place, as an initiative below the key result"), h("ul", {}, ...item.rewrite.initiatives.map((one) => h("li", {}, one)))) : null,
      h("div", { class: "act-row no-print" }, button("Copy the key result", () => copy(sentence), { class: null }), button("Download all", download)));
    if (rewritten.get(item.text) && composes) check();
    else check();
    return form;
  }

  async function copy(sentence) {
    try {
      await navigator.clipboard.writeText(sentence.value);
      state.textContent = "Copied.";
    } catch {
      sentence.select();
      state.textContent = "The browser does not allow copying; the sentence is selected for you.";
    }
  }

  function download() {
    const rows = model.get("items").map((item) => [item.id, item.text, item.name, rewritten.get(item.text)?.free ?? item.rewrite?.text ?? ""]);
    const csv = [["id", "text", "kind", "rewrite"], ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
    const link = h("a", { download: "key-results.csv", href: URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function showDrill() {
    const items = model.get("drill");
    dealt = { at: 0, right: 0, chosen: "" };
    if (!items.length) {
      state.textContent = "Nothing plain enough to practise on. Pick a team or paste more.";
      return;
    }
    work.hidden = true;
    drill.hidden = false;
    deal();
    drill.querySelector("button")?.focus();
  }

  function deal() {
    const items = model.get("drill");
    const item = items[dealt.at];
    const stop = button("Stop practising", () => { drill.hidden = true; showWork(); });
    if (!item) {
      drill.replaceChildren(h("h2", {}, `${dealt.right} of ${items.length} as the rules read them`), h("p", { class: "small" }, "Where you read it otherwise, you may be right: say why to your team."), stop);
      return;
    }
    const choose = (chosen) => { dealt.chosen = chosen; dealt.right += chosen === item.answer ? 1 : 0; deal(); drill.querySelector(".next")?.focus(); };
    const next = button("Next", () => { dealt.at += 1; dealt.chosen = ""; deal(); drill.querySelector("button")?.focus(); }, { class: "next" });
    const shown = dealt.chosen
      ? [mark(item.tone, item.name, true), h("p", {}, dealt.chosen === item.answer ? "So the rules read it too." : "The rules read it the other way."),
        h("ul", { class: "why" }, ...item.why.map((one) => h("li", {}, h("b", {}, one.said), ` ${one.reason}`))),
        item.answer === "done" && item.rewrite ? h("p", {}, h("b", {}, "Stronger: "), item.rewrite.text) : "", next]
      : [h("p", {}, "Does it say what will be done, or what will be different?"), button("Done", () => choose("done")), " ", button("Different", () => choose("different"))];
    drill.replaceChildren(h("h2", {}, `Practice ${dealt.at + 1} of ${items.length}`), h("p", { class: "quoted" }, ...(dealt.chosen ? quoted(item) : [item.text])), h("div", { class: "answer", role: "status" }, ...shown), stop);
  }

  const heard = [];
  function listen(event, act) {
    if (event === "change:checked") heard.filter(([one]) => one === event).forEach(([one, old]) => model.off(one, old));
    heard.push([event, act]);
    model.on(event, act);
  }
  listen("change:items", () => { showList(); showWork(); });
  listen("change:verdict", showHead);
  listen("change:counts", showHead);
  listen("change:company", showHead);
  listen("change:teams", showTeams);
  listen("change:drill", showDrill);
  listen("change:state", () => { state.textContent = model.get("state"); });
  showHead();
  showList();
  showTeams();
  showWork();
  send("begin");
  return () => {
    clearTimeout(timer);
    for (const [event, act] of heard) model.off(event, act);
  };
}

export default { render };
