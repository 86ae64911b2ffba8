// All places are taken: asks now and then, starting nothing, and opens the page when there is one.
const { again } = document.documentElement.dataset;
document.getElementById("waiting").textContent = `This page asks every ${again} seconds and opens by itself when there is a place.`;

setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer && answer.status !== 503) location.reload();
}, again * 1000);
