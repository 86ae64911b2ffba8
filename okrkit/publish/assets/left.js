// Somebody has left: whoever comes next in this browser begins anew. What still waits to be saved stays, under the code it was
// entered with; the form sends it when it is next opened here. The names are those of survey.js and survey_queue.js.
const said = document.querySelector("[data-place]");
const mine = `okrkit:${said.dataset.place}:`;

function leave() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(mine));
  const codes = names.filter((name) => name.endsWith(":code")).map((name) => localStorage.getItem(name));
  const waiting = names.filter((name) => name.slice(mine.length).includes(":wait:"));
  for (const name of names) if (!waiting.includes(name)) localStorage.removeItem(name);
  const words = ["This browser keeps nothing of your answers."];
  if (waiting.length) words[0] = "Not everything has been saved yet. What is missing stays in this browser until a link is opened here again and it is sent.";
  if (codes.length) words.unshift(`Your code: ${codes.join(", ")}. Write it down to go on with your answers on another day or device.`);
  said.textContent = words.join(" ");
}

try {
  leave();
} catch {
  // a browser that may keep nothing has kept nothing: the page goes on saying what to do
}
