// Suggestions under every search box: the combobox with a list of the ARIA Authoring Practices. Without this script the
// boxes are plain ones; nothing else on the pages needs it.
"use strict";

(() => {
  const PAUSE = 120; // milliseconds without a key until it is asked
  const KINDS = { reference: "Nummer", word: "Suche", municipality: "Kommune", organization: "Gremium", title: "Titel" };

  for (const input of document.querySelectorAll("input[data-suggest]")) {
    attach(input);
  }

  function attach(input) {
    const list = document.createElement("ul");
    const status = document.createElement("div");
    let options = []; // the suggestions that are listed
    let active = -1; // the one that the arrow keys have reached
    let timer = 0;
    let asked = null; // the request that runs

    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Vorschläge");
    status.className = "unseen";
    status.setAttribute("role", "status");
    input.after(list, status);
    input.type = "text"; // a search field may be no combobox
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    function close() {
      clearTimeout(timer);
      asked?.abort();
      show([]);
    }

    function show(found) {
      options = found;
      list.replaceChildren(...found.map(option));
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      choose(-1);
    }

    function option(suggestion, number) {
      const item = document.createElement("li");
      item.id = `${list.id}-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.append(part("text", suggestion.text), " ", part("what", kindOf(suggestion)));
      item.addEventListener("click", () => go(suggestion));
      return item;
    }

    function part(name, text) {
      const span = document.createElement("span");
      span.className = name;
      span.textContent = text;
      return span;
    }

    function kindOf(suggestion) {
      const kind = KINDS[suggestion.kind] ?? "";
      return suggestion.municipality ? `${kind}, ${suggestion.municipality.name}` : kind;
    }

    function choose(number) {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = number;
      const item = list.children[active];
      if (item) {
        item.setAttribute("aria-selected", "true");
        item.scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", item.id);
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }

    function go(suggestion) {
      close();
      if (suggestion.kind === "word") {
        input.value = suggestion.text;
        input.form.requestSubmit(); // with the filters that the form carries along
      } else {
        location.assign(suggestion.url);
      }
    }

    async function ask() {
      const typed = input.value;
      asked?.abort();
      asked = new AbortController();
      try {
        const address = `${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
        const answer = await fetch(address, { signal: asked.signal });
        const found = answer.ok ? (await answer.json()).suggestions : [];
        if (input.value === typed && document.activeElement === input) {
          show(found);
          status.textContent = found.length ? `${found.length} Vorschläge, Pfeiltasten zum Auswählen` : "";
        }
      } catch {
        // given up for a newer question, or nothing answers: the box is a plain one
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < 2) {
        close();
      } else {
        timer = setTimeout(ask, PAUSE);
      }
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) {
        return;
      }
      const last = options.length - 1;
      if (event.key === "ArrowDown" && options.length) {
        choose(active < last ? active + 1 : -1);
      } else if (event.key === "ArrowUp" && options.length) {
        choose(active < 0 ? last : active - 1);
      } else if (event.key === "ArrowDown" && input.value.trim().length > 1) {
        ask();
      } else if (event.key === "Enter" && active >= 0) {
        go(options[active]);
      } else if (event.key === "Escape" && options.length) {
        close();
      } else {
        return;
      }
      event.preventDefault();
    });

    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    input.addEventListener("blur", close);
    addEventListener("pagehide", close);
  }
})();
