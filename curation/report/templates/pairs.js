"use strict";
// j and k go to the next and the previous difference: all marks with one number, left and right
const marks = new Map();
for (const mark of document.querySelectorAll("[data-d]")) {
  const number = Number(mark.dataset.d);
  marks.set(number, [...(marks.get(number) || []), mark]);
}
const numbers = [...marks.keys()].sort((a, b) => a - b);
const where = document.getElementById("where");
let at = -1;

function tell() {
  where.textContent = at < 0 ? `${numbers.length} differences` : `${at + 1} of ${numbers.length}`;
}

function go(step) {
  if (!numbers.length) return;
  for (const mark of marks.get(numbers[at]) || []) mark.classList.remove("here");
  at = Math.max(0, Math.min(numbers.length - 1, at + step));
  const here = marks.get(numbers[at]);
  for (const mark of here) mark.classList.add("here");
  here[0].scrollIntoView({ block: "center" });
  tell();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(1);
  if (event.key === "k") go(-1);
});
document.getElementById("next").addEventListener("click", () => go(1));
document.getElementById("previous").addEventListener("click", () => go(-1));
document.querySelector(".steps").hidden = !numbers.length;
tell();
