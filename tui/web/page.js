// Keys go to the screen from the start, without a click into it.
new MutationObserver(() => document.querySelector(".xterm-helper-textarea")?.focus()).observe(
  document.body,
  { attributes: true, attributeFilter: ["class"] },
);
