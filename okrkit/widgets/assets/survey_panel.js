// How the survey talks to Python in a notebook: messages of its widget. The form's markup is our own template's.
const PATIENCE = 8000; // without a reply for so long, a change counts as not saved
const AGAIN = "If this lasts, reload the page, or run its cell again: what you entered stays in this browser and is sent then.";

function render({ model, el }) {
  const article = document.adoptNode(new DOMParser().parseFromString(model.get("markup"), "text/html").querySelector(".survey"));
  const view = random(6, ALPHABET);
  for (const name of ["id", "for", "aria-describedby", "aria-labelledby"]) {
    for (const part of article.querySelectorAll(`[${name}]`)) part.setAttribute(name, `${part.getAttribute(name)}-${view}`);
  }
  // Keys belong to the form, not to the notebook around it; JupyterLab looks at the focused control only.
  el.addEventListener("focusin", (event) => { event.target.dataset.lmSuppressShortcuts = "true"; });
  el.append(article);

  const waiting = new Map();
  let last = 0;
  const answered = ({ id, reply }) => waiting.get(id)?.(reply);
  const send = (kind, said) => {
    const id = `${view}-${++last}`;
    const reply = new Promise((resolve, reject) => {
      waiting.set(id, resolve);
      setTimeout(reject, PATIENCE, new Error("no reply"));
      model.send({ id, kind, said });
    });
    return reply.finally(() => waiting.delete(id));
  };
  model.on("msg:custom", answered);
  const stop = startSurvey(article, send, AGAIN);
  return () => {
    stop();
    model.off("msg:custom", answered);
  };
}

export default { render };
