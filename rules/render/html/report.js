"use strict";
// The page is whole without this: links lead both ways. With it, a click marks both ends at once and opens what is shut.
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const words = (element) => (element.dataset.facts || "").split(" ").filter(Boolean);
  const clear = () => all(".on").forEach((element) => element.classList.remove("on"));
  const show = (facts) => {
    clear();
    all("[data-facts]").forEach((element) => {
      if (words(element).some((fact) => facts.includes(fact))) element.classList.add("on");
    });
  };
  const open = (element) => {
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    open(target);
    target.scrollIntoView({ block: "center" });
  };
  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-facts]");
    if (at) show(words(at));
    else if (!event.target.closest("a")) clear();
  });
  const before = [];
  window.addEventListener("beforeprint", () => all("details:not([open])").forEach((each) => {
    before.push(each);
    each.open = true;
  }));
  window.addEventListener("afterprint", () => before.splice(0).forEach((each) => { each.open = false; }));
  window.addEventListener("hashchange", follow);
  follow();
})();
