// What came of what was sent, in place of the form. Text is only ever set as text.
function drawResult(article, part, draft) {
  article.dataset.mode = draft.mode;
  const words = Object.values(draft.answers).map((one) => one.answer);
  part("lead").hidden = draft.result.active_killer !== true;
  part("no-yes").hidden = !words.some((word) => word === "dont_know" || word === "not_applicable");
  part("sentence").textContent = draft.result.sentence;
  part("sent").textContent = `sent ${clock(draft.sent_at)}`;
  let steps = 0;
  for (const [statement, status] of Object.entries(draft.result.killers)) {
    const row = article.querySelector(`[data-result="${statement}"]`);
    const answer = draft.answers[statement]?.answer ?? "";
    for (const word of row.querySelectorAll("[data-said]")) word.hidden = word.dataset.said !== answer;
    for (const tag of row.querySelectorAll("[data-status]")) tag.hidden = tag.dataset.status !== status;
    const discussed = article.querySelector(`[data-discussed="${statement}"]`);
    const note = draft.answers[statement]?.comment ?? "";
    discussed.querySelector("[data-note]").textContent = note;
    discussed.hidden = draft.mode !== "together" || !note;
    for (const step of article.querySelectorAll(`[data-step^="${statement}:"]`)) {
      step.hidden = step.dataset.step !== `${statement}:${status}`;
      steps += step.hidden ? 0 : 1;
    }
  }
  part("steps").hidden = steps === 0;
  const first = part("result").hidden;
  part("asking").hidden = true;
  part("result").hidden = false;
  if (first) part("sentence").focus();
}
