// The survey's form: every change is kept in the browser first, then sent until Python has it. Text is only ever set as text.
const PAUSE = 1000; // after the last key, a comment is sent
const WAITS = [1000, 2000, 4000, 8000, 10000]; // between attempts
const LOST = "Not saved yet, trying again: the connection is gone. What you entered is kept on this page.";
const KEPT = "Not saved yet, trying again. What you entered is kept on this page.";
const LASTING = 3; // attempts that come to nothing before the page says what else can be done
const COME_BACK = "If this lasts, leave the page open, or come back later in this browser: it goes on where it was.";
const ENDED = "Somebody has left in another tab, or this browser’s data was deleted. What was saved is kept. Reload this page to begin anew, or to go on with a code.";
const STATEMENTS = [1, 2, 3, 4, 5];

function clock(at) {
  const when = new Date(at);
  const time = when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const today = when.toDateString() === new Date().toDateString();
  return today ? `at ${time}` : `on ${when.toLocaleDateString("en-GB", { day: "numeric", month: "long" })} at ${time}`;
}

// `send(kind, said)` gives Python's reply, or throws when there is none; `lost` says what helps when there is none for long.
function startSurvey(article, send, lost = COME_BACK) {
  const form = article.querySelector("form");
  const part = (name) => article.querySelector(`[data-part="${name}"]`);
  const { wave, place } = article.dataset;
  const shelf = makeShelf(`okrkit:${place}:${wave}:`);
  const queue = makeQueue(shelf);
  const touched = new Map(); // slot: how many changes were made to it on this page
  const timers = new Map();
  let code = shelf.get("code");
  let busy = false;
  let failures = 0;
  let retry = null;
  let over = false; // sent or closed
  let loaded = !code; // whether what Python has is on the page
  const fresh = !code; // the first page of this visitor, or one of several opened at once
  let visit = shelf.get("visit") ?? random(16, ALPHABET); // leaving removes it: who comes next is somebody else
  shelf.set("visit", visit);

  const field = (name) => form.elements[name];
  const chosen = (statement) => field(`s${statement}`).value;
  const comment = (statement) => field(`c${statement}`).value;
  const open = () => STATEMENTS.filter((statement) => !chosen(statement));
  const put = (place, text, calm = true) => {
    if (place && place.textContent !== text) place.textContent = text; // set anew, it would be read out anew
    place?.classList.toggle("not", !calm);
  };
  const say = (text, calm) => put(part("state"), text, calm);
  const mark = (slot, text, calm) => put(article.querySelector(`[data-mark="${slot}"]`), text, calm);

  function count() {
    const left = open().length;
    const minutes = Math.ceil(left * 0.4);
    put(part("count"), `${STATEMENTS.length - left} of ${STATEMENTS.length}`);
    put(part("left"), left === 0 ? "answered" : minutes === 1 ? "· 1 minute" : `· ${minutes} minutes`);
    part("bar").value = STATEMENTS.length - left;
    put(part("send"), "Send my answers");
    put(part("before"), "You can change everything until you send.");
    article.dataset.mode = field("mode").value;
  }

  function keepCode(text) {
    code = text;
    shelf.set("code", code);
    for (const shown of article.querySelectorAll('[data-part="code"]')) shown.textContent = code;
  }

  function lock(locked = true) {
    for (const control of form.elements) control.disabled = locked;
  }

  // Whether the visit this page belongs to is over: then nothing of it stays here, and nothing is entered under its code.
  function ended() {
    const now = shelf.get("visit");
    if (now && fresh && touched.size === 0) visit = now;
    if (now === visit) return false;
    stop();
    over = true;
    const [shell, title, text] = [article.cloneNode(false), document.createElement("h1"), document.createElement("p")];
    title.textContent = "This visit has ended";
    text.textContent = ENDED;
    text.setAttribute("role", "alert");
    shell.append(title, text);
    article.replaceWith(shell);
    return true;
  }

  function stop() {
    here.abort();
    clearTimeout(retry);
    clearTimeout(timers.get("flush"));
  }

  // Saving

  function change(slot, said, wait = 0) {
    if (over || ended()) return;
    if (fresh && touched.size === 0 && shelf.get("code") !== code) {
      keepCode(shelf.get("code") ?? code);
      loaded = false;
    }
    touched.set(slot, (touched.get(slot) ?? 0) + 1);
    mark(slot, "");
    queue.add({ code, slot, kind: slot.split(":")[0], said });
    clearTimeout(timers.get("flush"));
    timers.set("flush", setTimeout(flush, wait));
  }

  const changeAnswer = (statement, wait) =>
    change(`answer:${statement}`, { statement, answer: chosen(statement), comment: comment(statement) }, wait);
  const changeProfile = (wait) =>
    change("profile", { team: field("team").value.trim(), level: field("level").value, mode: field("mode").value }, wait);

  async function flush() {
    clearTimeout(timers.get("flush"));
    clearTimeout(retry);
    if (busy) return;
    busy = true;
    try {
      let item;
      while ((item = queue.all()[0]) && (await deliver(item)));
    } finally {
      busy = false;
    }
  }

  // True when the next one can be sent.
  async function deliver(item) {
    if (failures === 0) say(item.kind === "sent" ? "Sending…" : "Saving…");
    queue.mark(item);
    let reply;
    try {
      reply = await send(item.kind, { ...item.said, code: item.code, wave, key: item.key });
    } catch {
      return later(item, LOST, lost);
    }
    if (reply.again) return later(item, KEPT, `If this lasts, tell whoever invited you: ${reply.why}`);
    failures = 0;
    if (!loaded) await refresh();
    if (reply.over) return finish(item, reply.why);
    if (!reply.done) return refuse(item, reply.why);
    queue.drop(item);
    if (item.code !== code) return true;
    if (item.kind === "sent") {
      await refresh();
    } else {
      mark(item.slot, `Saved ${clock(reply.at)}`);
      say(`Saved ${clock(reply.at)}`);
    }
    return true;
  }

  // What was refused stays in this browser until it is changed; nothing is sent over it before the visitor knows.
  function refuse(item, why) {
    queue.drop(item);
    const changed = queue.about(item.code, item.slot);
    if (item.kind !== "sent" && !changed) queue.refuse(item, why);
    if (item.code !== code || changed) return true;
    showRefused();
    say(`Not saved. ${why}`, false);
    const sending = queue.all().filter((one) => one.kind === "sent" && one.code === code);
    for (const one of sending) queue.drop(one);
    if (item.kind === "sent" || sending.length) {
      lock(false);
      count();
    }
    if (sending.length) sendAll();
    return true;
  }

  function showRefused() {
    for (const { slot, why } of queue.refused(code)) mark(slot, `Not saved. ${why}`, false);
  }

  function later(item, why, lasting) {
    retry = setTimeout(flush, WAITS[Math.min(failures, WAITS.length - 1)]);
    failures += 1;
    say(failures < LASTING ? why : `${why} ${lasting}`, false);
    if (item.code === code) mark(item.slot, "Not saved yet", false);
    return false;
  }

  // The page is being left: what waits is sent side by side, unless something older about the same may still be on its way.
  // It is kept until the next page has seen it acknowledged.
  function hurry() {
    const items = queue.all();
    const slot = (item) => `${item.code} ${item.slot}`;
    const underway = new Set(items.filter((item) => item.tried).map(slot));
    for (const item of items) {
      if (item.kind === "sent" || underway.has(slot(item))) continue;
      queue.mark(item);
      send(item.kind, { ...item.said, code: item.code, wave, key: item.key }).catch(() => {});
    }
  }

  // Nothing more can be changed under this item's code: sent from another page, or the wave has closed.
  async function finish(item, why) {
    const reply = await refresh(item.code);
    if (!reply) return later(item, LOST, lost);
    if (!reply.sent_at && !reply.open) return false; // what waits is kept in case the wave is opened again
    if (!reply.sent_at) {
      queue.drop(item);
      lock(false);
      say(item.code === code ? why : "", false);
      return true;
    }
    for (const one of queue.all()) if (one.code === item.code) queue.drop(one);
    return true;
  }

  // Going on where it was

  async function refresh(whose = code) {
    const before = new Map(touched);
    let reply;
    try {
      reply = await send("draft", { code: whose, wave });
    } catch {
      return null;
    }
    if (reply.done && whose === code) apply(reply, before);
    return reply.done ? reply : null;
  }

  function apply(draft, before = new Map()) {
    loaded = true;
    const refused = new Set(queue.refused(code).map((item) => item.slot));
    const mine = (slot) => refused.has(slot) || queue.about(code, slot) || touched.get(slot) !== before.get(slot);
    for (const [statement, one] of Object.entries(draft.answers)) {
      if (mine(`answer:${statement}`)) continue;
      showAnswer(statement, one);
      mark(`answer:${statement}`, `Saved ${clock(one.at)}`);
    }
    if (draft.known && !mine("profile")) showProfile(draft);
    count();
    if (draft.sent_at) showResult(draft);
    else if (!draft.open) {
      over = true;
      lock();
      say("This check has closed. What was saved before counts; nothing more can be changed.", false);
    }
  }

  // What this browser keeps under the code: refused, then waiting; what was entered on the page meanwhile stands.
  function showKept(early = [], profiled = false) {
    for (const { code: whose, kind, said } of [...queue.refused(code), ...queue.all()]) {
      if (whose !== code) continue;
      if (kind === "answer" && !early.includes(said.statement)) showAnswer(said.statement, said);
      else if (kind === "profile" && !profiled) showProfile(said);
      else if (kind === "sent") lock();
    }
    showRefused();
  }

  function showAnswer(statement, { answer, comment: said }) {
    if (answer) field(`s${statement}`).value = answer;
    const text = field(`c${statement}`);
    if (text !== document.activeElement) text.value = said;
    if (said) text.closest("details").open = true;
  }

  function showProfile(said) {
    for (const name of ["team", "level"]) choose(field(name), said[name]);
    field("mode").value = said.mode;
  }

  function choose(control, text) {
    if (control.options && ![...control.options].some((option) => option.value === text)) control.add(new Option(text, text));
    control.value = text;
  }

  function showResult(draft) {
    over = true;
    lock();
    for (const item of queue.refused(code)) queue.giveUp(item);
    drawResult(article, part, draft);
  }

  function empty() {
    form.reset();
    over = false;
    lock(false);
    for (const details of form.querySelectorAll("details")) details.open = false;
    for (const place of article.querySelectorAll("[data-mark]")) place.textContent = "";
    touched.clear();
    part("asking").hidden = false;
    part("result").hidden = true;
    say("");
    count();
  }

  async function resume() {
    const said = part("resumed");
    const input = article.querySelector('input[name="code"]');
    const other = input.value;
    let draft;
    try {
      draft = await send("draft", { code: other, wave });
    } catch {
      put(said, "The connection is gone. Try again in a moment.");
      return;
    }
    if (!draft.done) put(said, draft.why);
    else if (!draft.known) put(said, `Nothing has been answered under this code in ${wave}. Compare it with the one on the other device.`);
    else if (STATEMENTS.length > open().length && said.dataset.asked !== other && draft.code !== code) {
      said.dataset.asked = other;
      put(said, "Statements have been answered on this page as well. Continue once more to withdraw these and go on with those of the code.");
    } else {
      if (draft.code !== code) withdraw();
      empty();
      keepCode(draft.code);
      input.value = "";
      put(said, "");
      part("resume").open = false;
      showKept();
      apply(draft);
    }
  }

  // An answer stays under its code for good; an empty one in its place counts as none.
  function withdraw() {
    for (const statement of STATEMENTS) if (chosen(statement)) change(`answer:${statement}`, { statement, answer: "", comment: comment(statement) });
  }

  function sendAll() {
    const missing = open();
    const refused = queue.refused(code);
    if (missing.length === STATEMENTS.length) {
      put(part("before"), "Answer at least one statement, then send.");
    } else if (missing.length + refused.length && part("send").textContent === "Send my answers") {
      const which = missing.length === 1 ? `Statement ${missing[0]} has` : `Statements ${missing.join(", ")} have`;
      const told = refused.map(({ kind, said, why }) => `Not saved: ${kind === "profile" ? "team and level" : `statement ${said.statement}`}. ${why}`);
      if (missing.length) told.unshift(`${which} no answer yet.`);
      put(part("before"), `${told.join(" ")} ${refused.length ? "Correct it" : "Answer"}, or send without.`);
      put(part("send"), "Send without");
    } else {
      change("sent", {});
      lock();
    }
  }

  // Everything typed is kept at once and sent after a pause, or when the page is left.
  form.addEventListener("input", ({ target }) => {
    const statement = Number(target.name.slice(1));
    if (target.type === "radio" && target.name !== "mode") changeAnswer(statement);
    else if (target.localName === "textarea") changeAnswer(statement, PAUSE);
    else changeProfile(target.type === "text" ? PAUSE : 0);
    count();
  });
  form.addEventListener("change", flush);
  form.addEventListener("submit", (event) => event.preventDefault());
  part("send").addEventListener("click", sendAll);
  part("continue").addEventListener("click", resume);
  article.querySelector('input[name="code"]').addEventListener("keydown", ({ key }) => {
    if (key === "Enter") resume();
  });
  part("print").addEventListener("click", () => window.print());
  for (const button of article.querySelectorAll('[data-part="another"]')) {
    button.addEventListener("click", () => {
      keepCode(newCode());
      empty();
      article.querySelector("h1").scrollIntoView();
    });
  }
  const seen = () => {
    if (ended()) return;
    if (document.hidden) flush();
    else if (queue.all().length) flush();
    else refresh();
  };
  const leaving = (event) => {
    flush();
    if (queue.all().length && failures > 0) event.preventDefault();
  };
  const here = new AbortController();
  document.addEventListener("visibilitychange", seen, { signal: here.signal });
  window.addEventListener("storage", ended, { signal: here.signal });
  window.addEventListener("pageshow", ended, { signal: here.signal });
  window.addEventListener("online", flush, { signal: here.signal });
  window.addEventListener("beforeunload", leaving, { signal: here.signal });
  window.addEventListener("pagehide", hurry, { signal: here.signal });

  // Answers may have been given before this script came, and what an earlier page could not send waits for this one.
  const early = STATEMENTS.filter((statement) => chosen(statement) || comment(statement));
  const profiled = field("team").value || field("level").value || field("mode").value !== "own";
  keepCode(code ?? newCode());
  showKept(early, profiled);
  for (const statement of early) changeAnswer(statement);
  if (profiled) changeProfile();
  count();
  if (loaded) flush();
  else refresh().then(flush);
  article.dataset.ready = "yes";
  return stop;
}
