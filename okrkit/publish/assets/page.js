// Tells the reader when the session behind the page has ended. The page itself stays readable, and is drawn anew when
// the site is back after it could not be reached, unless somebody has entered what is not saved.
const every = 15000;
const LONG = 60000; // lost for so long, a page's form does not find its kernel again
const note = document.getElementById("session");

const { base, mode } = document.documentElement.dataset;
const words = {
  ended:
    "This page's session has ended: it was long without use, or the computer needed its memory. Everything stays readable and what was saved is kept. Reload to fill in the plan.",
  unsaved:
    "This page's session has ended. What is not saved stays in its field: copy it, then reload this page.",
  shut:
    mode === "invited"
      ? "Your visit has ended. Everything stays readable and what was saved is kept. Open the link you were sent again to go on."
      : "The address this page was opened with has run out. Everything stays readable and what was saved is kept. Open the address that okrkit serve has printed last, then reload.",
  left: "You have left in another tab. What was saved is kept. Open the link you were sent again to go on.",
  stopped:
    mode === "invited"
      ? "The site cannot be reached just now. Everything stays readable and what was saved is kept. This page tries again by itself."
      : "okrkit serve has stopped. Everything stays readable and what was saved is kept. To fill in the plan, start it again and reload.",
};

function kernel() {
  const config = document.getElementById("jupyter-config-data");
  return config ? JSON.parse(config.textContent).kernelId : null;
}

function say(text) {
  if (note.textContent !== text) note.textContent = text;
}

// A form with something unsaved, or somebody in it, says no.
const mayReload = () => window.dispatchEvent(new Event("okrkit:reload", { cancelable: true }));

let lost = null; // since when the site could not be reached
let left = false;

new BroadcastChannel(`okrkit:${base}`).addEventListener("message", () => {
  left = true;
  document.getElementById("content").replaceChildren(note);
  say(words.left);
});

async function look(id) {
  if (left) return;
  try {
    const answer = await fetch(`${base}api/kernels/${id}`, { cache: "no-store" });
    const away = lost === null ? 0 : Date.now() - lost;
    const gone = answer.status === 404;
    if ((gone && lost !== null) || (answer.status === 200 && away > LONG)) {
      if (mayReload()) location.reload();
      return say(words.unsaved);
    }
    if (gone) say(mayReload() ? words.ended : words.unsaved);
    else say(answer.status === 403 ? words.shut : answer.ok ? "" : words.stopped);
    if (answer.ok) lost = null;
  } catch {
    lost ??= Date.now();
    say(words.stopped);
  }
}

// The widget front end begins when the page has loaded, and on a busy computer may begin to wait for that after it: it is told.
const listen = window.addEventListener;
window.addEventListener = function (kind, heard, ...how) {
  if (kind === "load" && document.readyState === "complete") queueMicrotask(() => heard.call(window, new Event("load")));
  else listen.call(this, kind, heard, ...how);
};

const id = kernel();
if (id) {
  setInterval(() => document.hidden || look(id), every);
  document.addEventListener("visibilitychange", () => document.hidden || look(id));
  window.addEventListener("online", () => look(id));
}
