// How the served survey talks to Python: a POST for each change, nothing of the visitor's in an address.
const PATIENCE = 15000; // without a reply for so long, a change counts as not saved
const KEEPALIVE = 20000; // bytes a browser surely delivers after the page was left
const { base, mode } = document.documentElement.dataset;
const SHUT =
  mode === "invited"
    ? "Your visit has ended. Open the link you were sent, in this browser: what you entered is still on this page and is saved then."
    : "The address this page was opened with has run out. Open the one okrkit serve has printed last, in this browser.";

async function post(kind, said) {
  const body = new Blob([JSON.stringify(said)], { type: "application/json" });
  const token = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";
  const answer = await fetch(`${base}readiness/${kind}`, {
    method: "POST",
    body,
    headers: { "X-XSRFToken": token },
    keepalive: body.size < KEEPALIVE,
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status === 403) {
    const page = await fetch(`${base}readiness`, { cache: "no-store" }); // renews the token for the next attempt
    if (page.status === 403) return { done: false, again: true, why: SHUT };
  }
  return answer.json();
}

startSurvey(document.querySelector(".survey"), post);
