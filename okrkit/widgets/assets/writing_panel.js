// The key-result clinic: shows what Python judged and asks it again. Every word is set as text, never as markup.
const PAUSE = 150; // after the last key, before a rewrite is judged
const SHAPES = {
  met: [["circle", { cx: 8, cy: 8, r: 7.5, stroke: "none" }], ["path", { d: "M4.5 8.3l2.4 2.4 4.6-5", fill: "none", stroke: "var(--paper)", "stroke-width": 2 }]],
  "not-met": [["path", { d: "M8 0l8 8-8 8-8-8z", stroke: "none" }], ["path", { d: "M4.7 8h6.6", stroke: "var(--paper)", "stroke-width": 2 }]],
  same: [["circle", { cx: 8, cy: 8, r: 4, stroke: "none" }]],
  cannot: [["circle", { cx: 8, cy: 8, r: 6, fill: "none", "stroke-width": 2, "stroke-dasharray": "3 2.1" }]],
};
const FIELDS = { // place of a sentence -> what its field is called, and its width
  metric: ["Metric", 4], change: ["By how much", 1], baseline: ["Baseline, blank until you fill it", 1], target: ["Target, blank until you fill it", 1],
  by: ["Date, blank until you fill it", 2], guard: ["Guard metric", 3], level: ["Level of the guard metric, blank until you fill it", 1],
  goal: ["Desired outcome", 4], verb: ["Action verb, blank until you fill it", 2], whom: ["For whom, blank until you fill it", 2], new: ["What they can do then, blank until you fill it", 4],
};
const DECIDING = { metric: "Name the metric first; then it is judged.", verb: "Choose the verb first; then it is judged.", new: "Say first what will be different; then it is judged." };

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
  let returning = ""; // the rule whose finding was set aside: the focus goes back to it
  let dealt = { at: 0, right: 0, chosen: "" };
  const rewritten = new Map(); // text -> its rewrite, while the page is open
  const id = (name) => `cl-${name}-${view}`;
  const send = (kind, more = {}) => {
    if (kind !== "check") state.textContent = "";
    model.send({ kind, ...more });
  };
  const button = (text, act, given = {}) => h("button", { type: "button", class: "plain", ...given, on: { click: act } }, text);

  const state = h("p", { class: "state", role: "status" });
  const head = h("div", { class: "head" });
  const pasted = h("textarea", { id: id("paste"), rows: 5, maxlength: 200000 });
  const role = h("select", { id: id("role") }, h("option", { value: "key_result" }, "key results"), h("option", { value: "objective" }, "objectives"));
  const together = h("details", { class: "together", hidden: true });
  const team = h("select", { id: id("team") });
  const picking = h("p", { class: "pick" }, h("label", { for: id("team") }, "Or pick a team’s own: "), team);
  const paste = h("form", { class: "paste no-print", hidden: true, on: { submit: (event) => {
    event.preventDefault();
    judge(pasted.value.split("\n").map((line) => line.trim()).filter(Boolean));
  } } }, h("label", { for: id("paste") }, "Key results, one a line"), pasted,
    h("label", { for: id("role") }, "They are ", role), h("button", { type: "submit" }, "Judge them"));
  const list = h("ol", { class: "list" });
  const work = h("article", { class: "work", "aria-label": "The key result and its rewrite" });
  const drill = h("section", { class: "drill", "aria-label": "Practice", hidden: true });
  const listed = h("h2", { id: id("listed") }, "Key results");
  const side = h("nav", { "aria-labelledby": id("listed") }, h("div", { class: "ph" }, listed,
    button("Paste others", () => { paste.hidden = !paste.hidden; if (!paste.hidden) pasted.focus(); })), paste, picking, list,
    button("Practise on these", () => { send("practise"); }));
  el.replaceChildren(h("div", { class: "okr cl" }, head, together, state, h("div", { class: "desk" }, side, h("div", {}, drill, work))));

  function judge(texts) {
    at = 0;
    team.value = "";
    if (texts.length) send("judge", { texts, role: role.value });
    else state.textContent = "Nothing to judge yet: one key result a line.";
  }

  function showHead() {
    const facts = model.get("counts").map(([count, name]) => h("span", {}, h("b", {}, count), ` ${name}`));
    head.replaceChildren(h("p", { class: "kicker" }, "Key-result clinic · nothing you paste is kept"),
      h("h1", { class: "verdict-line" }, model.get("verdict")), h("div", { class: "facts" }, ...facts));
  }

  function showTogether() {
    const whole = model.get("together");
    together.hidden = !whole.findings;
    if (together.hidden) return;
    const row = ([by, group, share, count]) => h("tr", {}, h("th", { scope: "row" }, group), h("td", {}, by), h("td", { class: "num" }, share), h("td", { class: "num" }, count));
    together.replaceChildren(h("summary", {}, `All key results of ${whole.client}: ${whole.findings[0].claim}`),
      h("ul", {}, ...whole.findings.slice(1).map((one) => h("li", {}, one.enough ? "" : h("b", {}, "Not enough data. "), one.claim))),
      h("div", { class: "shares", tabindex: "0", role: "region", "aria-label": "Share of outputs by level and team" }, h("table", {}, h("caption", {}, "Share of outputs by level and team"),
        h("thead", {}, h("tr", {}, ...["Group", "By", "Outputs", "Key results"].map((name, place) => h("th", { scope: "col", class: place > 1 ? "num" : null }, name)))), h("tbody", {}, ...whole.shares.map(row)))));
  }

  function showList() {
    const items = model.get("items");
    at = Math.min(at, Math.max(0, items.length - 1));
    listed.textContent = items.length && items.every((item) => item.role === "objective") ? "Objectives" : "Key results";
    list.replaceChildren(...items.map((item, place) => h("li", {},
      h("button", { type: "button", on: { click: () => { at = place; showChosen(); showWork(); } } },
        h("span", { class: "t", dir: "auto" }, item.text || "(empty)"), h("span", { class: "m" }, mark(item.tone, item.name))))));
    showChosen();
  }

  function showChosen() { // the list stays as it is, and the focus in it
    [...list.children].forEach((row, place) => {
      row.classList.toggle("on", place === at);
      row.firstChild.setAttribute("aria-current", String(place === at));
    });
  }

  function showTeams() {
    picking.hidden = model.get("teams").length === 0;
    team.replaceChildren(h("option", { value: "" }, "choose a team"), ...model.get("teams").map((one) => h("option", { value: one.team }, one.name)));
  }
  team.addEventListener("change", () => { at = 0; if (team.value) send("pick", { team: team.value }); });

  function finding(item, one) {
    const reason = h("input", { type: "text", "aria-label": `Why “${one.claim}” is set aside`, maxlength: 500, placeholder: "the reason, kept with it" });
    const aside = (withdrawn) => { returning = one.rule; send("set_aside", { text: item.text, rule: one.rule, reason: reason.value, withdrawn }); };
    reason.addEventListener("keydown", (event) => { if (event.key === "Enter") aside(false); });
    const kept = one.set_aside;
    const more = h("details", {}, h("summary", {}, "An example, and set aside"),
      one.weak ? h("dl", { class: "pair" }, h("div", {}, h("dt", {}, "Weak"), h("dd", {}, one.weak)), h("div", {}, h("dt", {}, "Strong"), h("dd", {}, one.strong))) : null,
      model.get("keeps") && kept === null ? h("p", { class: "aside" }, reason, button("Set aside, with this reason", () => aside(false))) : null);
    if (kept !== null) {
      return h("li", { class: "quiet", "data-rule": one.rule }, h("b", {}, one.claim), ` set aside: ${kept} `, button("Take it up again", () => aside(true)));
    }
    return h("li", { "data-rule": one.rule }, h("b", {}, `${one.claim}. `), one.reason, more);
  }

  function showWork() {
    const item = model.get("items")[at];
    drill.hidden = true;
    work.hidden = !item;
    if (!item) return;
    const sure = item.confidence === null ? "" : `${item.confidence > 0.8 ? "fairly sure" : "not sure"}, ${item.confidence.toFixed(2)}`;
    const open = item.findings.filter((one) => one.set_aside === null);
    work.replaceChildren(h("p", { class: "quoted", dir: "auto" }, ...quoted(item)),
      h("p", { class: "legend xs", "aria-hidden": "true" }, h("span", {}, h("mark", { class: "work" }, "work")), h("span", {}, h("mark", { class: "change" }, "change, or a yes of others")), h("span", {}, h("mark", { class: "number" }, "number or date")),
        item.pieces.some((piece) => piece.mark === "against") ? h("span", {}, h("mark", { class: "against" }, "against each other")) : null),
      h("div", { class: "judge" }, h("div", {}, mark(item.tone, item.name, true), h("p", { class: "xs quiet" }, sure)),
        h("div", {}, h("ul", { class: "why" }, ...item.why.map((one) => h("li", {}, h("b", {}, one.said), ` ${one.reason}`))),
          item.findings.length ? h("ol", { class: "finds" }, ...item.findings.map((one) => finding(item, one))) : h("p", { class: "small" }, "Nothing to add."),
          item.form ? h("p", { class: "small form" }, item.form) : null)),
      open.length ? h("p", { class: "ask" }, open[0].question) : "",
      rewriting(item));
  }

  function unguarded(pieces) { // the guard is the end of its sentence, with the words that lead to it
    const guard = pieces.findIndex((piece) => piece.place === "guard");
    return guard < 0 ? pieces : pieces.slice(0, guard - 1);
  }

  function filled(kept) { // the sentence of what is known, blanks where nothing is
    const { pieces, values, guarded } = kept;
    const levelled = pieces.at(-1)?.place !== "level" || values.level || !/\d/.test(values.guard);
    const shown = guarded ? (levelled ? pieces : pieces.slice(0, -2)) : unguarded(pieces);
    return shown.map((piece) => (piece.place ? (values[piece.place] ?? "").trim() || piece.blank : piece.said)).join("");
  }

  const said = (pieces) => Object.fromEntries(pieces.filter((piece) => piece.place).map((piece) => [piece.place, piece.said]));

  function rewriting(item) {
    const goal = item.role === "objective";
    const slots = item.slots ?? { why: goal ? "Action verb, desired outcome, time frame; no number." : "", pieces: [], metrics: [], guards: [] };
    const kept = rewritten.get(item.text) ?? { pieces: slots.pieces, values: said(slots.pieces), guarded: true, free: item.rewrite?.text || item.text, touched: false };
    rewritten.set(item.text, kept);
    const has = (place) => kept.pieces.some((piece) => piece.place === place);
    const sentence = h("textarea", { class: "free", rows: 3, dir: "auto", "aria-label": `The rewritten ${goal ? "objective" : "key result"}` });
    const judged = h("p", { class: "verdict-now", role: "status" });
    const check = () => {
      clearTimeout(timer);
      timer = setTimeout(() => send("check", { text: sentence.value, role: item.role }), PAUSE);
    };
    const write = (text) => { kept.free = text; kept.touched = true; check(); };
    const compose = () => { sentence.value = filled(kept); write(sentence.value); };
    const fields = {};
    const set = (place, value) => {
      kept.values[place] = value;
      if (fields[place] && fields[place].value !== value) fields[place].value = value;
      fields[place]?.classList.toggle("blank", !value);
    };
    const field = ({ place, said, blank }) => {
      if (place === "direction") {
        const verbs = slots.verbs.map((verb) => (said[0] === said[0].toLowerCase() ? verb.toLowerCase() : verb));
        fields[place] = h("select", { "aria-label": "Direction" }, ...verbs.map((verb) => h("option", { value: verb }, verb)));
      } else {
        const [label, size] = FIELDS[place];
        fields[place] = h("input", { type: "text", class: `w${size}${kept.values[place] ? "" : " blank"}`, "aria-label": label, placeholder: blank.replace(/^\[|\]$/g, "") });
      }
      fields[place].value = kept.values[place];
      fields[place].addEventListener("input", () => { set(place, fields[place].value); compose(); });
      return fields[place];
    };
    sentence.value = kept.free;
    sentence.addEventListener("input", () => write(sentence.value));
    const heard = () => {
      const now = model.get("checked");
      if (!now.name || now.text !== sentence.value || now.role !== item.role) return;
      const open = kept.pieces.filter((piece) => piece.place && piece.blank.startsWith("[") && sentence.value.includes(piece.blank));
      const first = open.find((piece) => DECIDING[piece.place]);
      if (first) {
        judged.replaceChildren(h("span", { class: "small" }, DECIDING[first.place]));
        return;
      }
      const blanks = open.length ? `${open.length} ${open.length === 1 ? "blank" : "blanks"} left. With ${open.length === 1 ? "it" : "them"} filled this reads as ` : "This reads as ";
      const most = now.findings[0] ? ` ${now.findings[0].claim}.` : ` ${now.form}`;
      judged.replaceChildren(mark(now.tone, now.name, true), h("span", { class: "small" }, blanks, h("b", {}, now.name.toLowerCase()), open.length ? "." : `.${most}`));
    };
    listen("change:checked", heard);
    const choices = (legend, place, ones, act) => h("fieldset", {}, h("legend", {}, legend), ...ones.map((one) => h("label", { class: "opt" },
      h("input", { type: "radio", name: id(place), checked: one.name === (place === "guard" && !kept.guarded ? "" : kept.values[place]), on: { change: () => act(one) } }),
      h("span", {}, h("b", {}, one.name || "None"), h("br"), h("span", { class: "quiet" }, one.note)))));
    const measured = (one) => {
      const before = kept.values;
      const moved = has("metric");
      if (!moved) { // a sentence of its own gives way to the standard form; what was filled in stays
        kept.pieces = slots.standard;
        kept.values = { ...said(slots.standard), ...Object.fromEntries(Object.entries(before).filter(([place, value]) => place !== "target" && value)) };
      }
      const lower = kept.values.direction === kept.values.direction.toLowerCase();
      set("direction", lower ? one.verb.toLowerCase() : one.verb);
      set("metric", one.name);
      compose();
      if (!moved) { // its fields are others: drawn again, the focus where it was
        showWork();
        work.querySelector("fieldset input:checked")?.focus();
      }
    };
    const guard = (one) => {
      const bare = !kept.guarded;
      kept.guarded = Boolean(one.name);
      set("guard", one.name);
      compose();
      if (bare !== !kept.guarded) {
        showWork();
        work.querySelector("fieldset:last-of-type input:checked")?.focus();
      }
    };
    const shown = kept.guarded ? kept.pieces : unguarded(kept.pieces);
    const beside = (title, ones) => (ones?.length ? h("div", { class: "init" }, h("h3", {}, title), h("ul", {}, ...ones.map((one) => h("li", { dir: "auto" }, one)))) : null);
    const form = h("section", { "aria-labelledby": id("rw") }, h("h2", { id: id("rw") }, "Rewrite"),
      h("p", { class: "small quiet" }, `${slots.why} ${item.rewrite ? "Blanks stay blanks until you fill them: measures are suggested, never your numbers." : "What you write is judged as you type."}`),
      shown.some((piece) => piece.place) ? h("p", { class: "sent", dir: "auto" }, ...shown.map((piece) => (piece.place ? field(piece) : piece.said))) : null,
      sentence, judged,
      slots.metrics.length ? h("div", { class: "cols" },
        choices(`Measures that fit ${slots.topic}`, "metric", slots.metrics, measured),
        has("level") ? choices("Guard: what must not get worse", "guard", [...slots.guards.map((name) => ({ name, note: "keep it where it is" })), { name: "", note: "say why to those who ask" }], guard) : null) : null,
      beside(`The work keeps its place, as an initiative below the ${goal ? "objective" : "key result"}`, item.rewrite?.initiatives),
      beside(goal ? "Key results that would show it" : "Each a key result of its own", item.rewrite?.others),
      h("div", { class: "act-row no-print" }, button(`Copy the ${goal ? "objective" : "key result"}`, () => copy(sentence), { class: null }), button("Download all", download)));
    heard();
    check();
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
    const rows = model.get("items").map((item) => {
      const first = item.findings.find((one) => one.set_aside === null);
      const own = rewritten.get(item.text);
      const said = own?.touched ? own.free : (first && item.rewrite?.text) || "";
      return [item.id, item.text, item.role, item.name, first?.claim ?? "", said, (item.rewrite?.initiatives ?? []).join("; "), (item.rewrite?.others ?? []).join("; ")];
    });
    const csv = [["id", "text", "role", "kind", "finding", "rewrite", "initiatives", "key_results"], ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
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

  const stronger = (item) => { // as it was rewritten here, else as suggested
    const own = rewritten.get(item.text);
    return own?.touched ? own.free : item.rewrite.text;
  };

  function deal() {
    const items = model.get("drill");
    const item = items[dealt.at];
    const stop = button("Stop practising", () => { drill.hidden = true; showWork(); });
    if (!item) {
      const pairs = items.filter((one) => one.answer === "done").flatMap((one) => [h("dt", { dir: "auto" }, one.text), h("dd", {}, stronger(one))]);
      drill.replaceChildren(h("h2", {}, `${dealt.right} of ${items.length} as the rules read them`), h("p", { class: "small" }, "Where you read it otherwise, you may be right: say why to your team."),
        pairs.length ? h("h3", {}, "Your own, and how they could be said") : "", h("dl", { class: "own small" }, ...pairs), stop);
      return;
    }
    const choose = (chosen) => { dealt.chosen = chosen; dealt.right += chosen === item.answer ? 1 : 0; deal(); drill.querySelector(".next")?.focus(); };
    const next = button("Next", () => { dealt.at += 1; dealt.chosen = ""; deal(); drill.querySelector("button")?.focus(); }, { class: "next" });
    const shown = dealt.chosen
      ? [mark(item.tone, item.name, true), h("p", {}, dealt.chosen === item.answer ? "So the rules read it too." : "The rules read it the other way."),
        h("ul", { class: "why" }, ...item.why.map((one) => h("li", {}, h("b", {}, one.said), ` ${one.reason}`))),
        item.answer === "done" ? h("p", {}, h("b", {}, "Stronger: "), stronger(item)) : "", next]
      : [h("p", {}, "Does it say what will be done, or what will be different?"), button("Done", () => choose("done")), " ", button("Different", () => choose("different"))];
    drill.replaceChildren(h("h2", {}, `Practice ${dealt.at + 1} of ${items.length}`), h("p", { class: "quoted", dir: "auto" }, ...(dealt.chosen ? quoted(item) : [item.text])), h("div", { class: "answer", role: "status" }, ...shown), stop);
  }

  const heard = [];
  function listen(event, act) {
    if (event === "change:checked") heard.filter(([one]) => one === event).forEach(([one, old]) => model.off(one, old));
    heard.push([event, act]);
    model.on(event, act);
  }
  listen("change:items", () => {
    paste.hidden = true;
    showList();
    showWork();
    if (returning) work.querySelector(`[data-rule="${returning}"] :is(summary, button)`)?.focus();
    returning = "";
  });
  listen("change:verdict", showHead);
  listen("change:counts", showHead);
  listen("change:together", showTogether);
  listen("change:teams", showTeams);
  listen("change:drill", showDrill);
  listen("change:state", () => { state.textContent = model.get("state"); });
  showHead();
  showTogether();
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
