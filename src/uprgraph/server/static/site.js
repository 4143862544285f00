// What makes pages handier where scripts run. Every page can be read and every form sent without it.
"use strict";

// Fields whose values are completed from the graph: the list of a field holds what may be meant by what is typed.
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(field.getAttribute("list"));
  let timer = 0;
  let asked = "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = field.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      const address = new URL(field.dataset.suggest, location.href);
      address.searchParams.set("q", typed);
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (!response.ok || asked !== typed) return;
      const known = new Set(Array.from(list.options, (option) => option.value));
      for (const { value, label } of await response.json()) {
        if (known.has(value)) continue;
        const option = document.createElement("option");
        option.value = value;
        if (label !== value) option.label = label;
        list.append(option);
      }
    }, 150);
  });
}

// Addresses that can be copied.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const told = button.parentElement.querySelector("[role=status]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    told.textContent = "Copied";
  });
}

// What is wrong with a form is read out and shown first.
document.querySelector(".mistakes[tabindex]")?.focus();
