// Somebody has left: whoever comes next in this browser begins anew, also in tabs that are still open. What still waits to be saved
// stays, under the code it was entered with; the form sends it when it is next opened here. What was refused is named and goes.
// The names are those of survey.js and survey_queue.js.
function leave(said) {
  const mine = `okrkit:${said.dataset.place}:`;
  const names = Object.keys(localStorage).filter((name) => name.startsWith(mine));
  const codes = names.filter((name) => name.endsWith(":code")).map((name) => localStorage.getItem(name));
  const waiting = names.filter((name) => name.slice(mine.length).includes(":wait:"));
  const refused = names.filter((name) => name.slice(mine.length).includes(":refused:")).map((name) => localStorage.getItem(name));
  for (const name of names) if (!waiting.includes(name)) localStorage.removeItem(name);
  const words = ["This browser keeps nothing of your answers."];
  if (waiting.length) words[0] = "Not everything has been saved yet. What is missing stays in this browser until a link is opened here again and it is sent.";
  for (const { kind, said: entry, why } of refused.map((one) => JSON.parse(one))) {
    words.push(`Not saved, and no longer kept here: ${kind === "profile" ? "team and level" : `statement ${entry.statement}`}. ${why}`);
  }
  if (codes.length) words.unshift(`Your code: ${codes.join(", ")}. Write it down to go on with your answers on another day or device.`);
  said.textContent = words.join(" ");
}

new BroadcastChannel(`okrkit:${document.documentElement.dataset.base}`).postMessage("left"); // to page.js

try {
  const said = document.querySelector("[data-place]"); // only who answers leaves something in the browser
  if (said) leave(said);
} catch {
  // a browser that may keep nothing has kept nothing: the page goes on saying what to do
}
