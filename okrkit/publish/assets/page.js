// Tells the reader when the session behind the page has ended. The page itself stays readable.
const every = 15000;
const note = document.getElementById("session");

const { base, mode } = document.documentElement.dataset;
const words = {
  ended:
    "This page has been open for long without use, so its session has ended. Everything stays readable and what was saved is kept. Reload to fill in the plan.",
  shut:
    mode === "invited"
      ? "Your visit has ended. Everything stays readable and what was saved is kept. Open the link you were sent again to go on."
      : "The address this page was opened with has run out. Everything stays readable and what was saved is kept. Open the address that okrkit serve has printed last, then reload.",
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

async function look(id) {
  try {
    const answer = await fetch(`${base}api/kernels/${id}`, { cache: "no-store" });
    say({ 403: words.shut, 404: words.ended }[answer.status] ?? "");
  } catch {
    say(words.stopped);
  }
}

const id = kernel();
if (id) {
  setInterval(() => document.hidden || look(id), every);
  document.addEventListener("visibilitychange", () => document.hidden || look(id));
}
