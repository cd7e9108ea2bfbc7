// Draws the documentation of the contract that this server publishes.
"use strict";

// Swagger UI has dark colours under a class; the reader's preference sets it.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// Swagger UI has no field for the items of a list of integers of that size, and
// warns of it before it takes the one for texts.
const integers = (system) => ({
  components: {
    JsonSchema_integer_int64: (props) => system.React.createElement(system.getComponent("JsonSchema_string"), props),
  },
});

// A picture is XML, which Swagger UI makes of a schema even where there is an example.
const pictures = () => ({ fn: { getXmlSampleSchema: (_schema, _config, example) => example ?? "" } });

// Swagger UI reads the whole of an OpenAPI 3.1 anew for each operation that it opens, to follow
// references, which takes seconds. Ours lead to places in the same document.
const resolved = (doc, node, within = [], named = false) => {
  if (Array.isArray(node)) return node.map((item) => resolved(doc, item, within));
  if (node === null || typeof node !== "object") return node;
  const { $ref: to, ...beside } = node;
  if (typeof to === "string" && to.startsWith("#/")) {
    if (within.includes(to)) return node;
    const target = to.slice(2).split("/").reduce((found, key) => found[key.replaceAll("~1", "/").replaceAll("~0", "~")], doc);
    return { ...resolved(doc, target, [...within, to]), ...beside, $$ref: to };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, !named && ["example", "value"].includes(key) // which may be anything
    ? value : resolved(doc, value, within, ["properties", "examples"].includes(key))]));
};
const references = () => ({
  fn: { resolveSubtree: async (doc, path) => ({ errors: [], spec: resolved(doc, path.reduce((found, key) => found?.[key], doc)) }) },
});

// Swagger UI leaves what stands before its operations outside of any landmark, and goes
// from the title to the groups past one level of headings.
const landmarks = () => ({
  wrapComponents: {
    InfoContainer: (Original, { React }) => (props) => React.createElement("section", { "aria-label": "About" },
      React.createElement(Original, props), React.createElement("h2", { className: "unseen" }, "Operations")),
  },
});

// An operation has many parameters that nobody needs at first: those that are neither required
// nor of the environment that is asked about are shown, and sent, when asked for, so that
// Execute is in sight.
const folding = ({ React }) => {
  const Whole = React.createContext(true);
  const needed = (param) => param.get("required") || (param.has("x-kind") && param.get("example")?.size > 0);
  return {
    wrapComponents: {
      parameters: (Original) => (props) => {
        const [whole, show] = React.useState(false);
        const further = props.parameters.filterNot(needed).size;
        return React.createElement(Whole.Provider, { value: whole }, React.createElement(Original, props),
          further > 0 && React.createElement("button", { className: "btn more", "aria-expanded": whole, onClick: () => show(!whole) },
            whole ? "Fewer parameters" : `${further} more parameters`));
      },
      parameterRow: (Original) => (props) => (React.useContext(Whole) || needed(props.rawParam) ? React.createElement(Original, props) : null),
    },
  };
};

// What it draws as it goes has fields without names, and texts that scroll and that no
// keyboard reaches.
const mend = () => {
  for (const field of document.querySelectorAll("#docs :is(input, select, textarea):not([aria-label], [id])")) {
    field.setAttribute("aria-label", field.closest("[data-param-name]")?.dataset.paramName ?? "Example");
  }
  for (const text of document.querySelectorAll("#docs :is(.curl, .microlight):not([tabindex])")) text.tabIndex = 0;
  for (const text of document.querySelectorAll("#docs .opblock-description-wrapper:not(:has(> .more)):has(p ~ p)")) {
    const more = Object.assign(document.createElement("button"), { className: "btn more", textContent: "Read more" });
    more.addEventListener("click", () => text.classList.add("whole"));
    text.append(more);
  }
};
new MutationObserver(mend).observe(document.getElementById("docs"), { childList: true, subtree: true });

// Its links to operations are links within buttons, which no keyboard reaches; so they
// are left out, and an address that ends in #/check/check opens that operation here.
const open = () => {
  const [tag, operation] = location.hash.split("/").slice(1).map(decodeURIComponent);
  const found = operation && document.getElementById(`operations-${tag}-${operation}`);
  if (!found) return;
  if (!found.matches(".is-open")) found.querySelector("button").click();
  found.scrollIntoView();
};
addEventListener("hashchange", open);

// The operation that gives its group the name comes first in it; the others follow by
// their paths.
const place = (operation) => [
  operation.getIn(["operation", "operationId"]) === operation.getIn(["operation", "tags", 0]) ? 0 : 1,
  operation.get("path"), operation.get("method"),
].join(" ");

SwaggerUIBundle({
  url: "/openapi.json", // says the same; Swagger UI takes seconds to open an operation of an OpenAPI 3.1
  dom_id: "#docs",
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [integers, pictures, references, landmarks, folding],
  operationsSorter: (one, other) => (place(one) < place(other) ? -1 : 1),
  onComplete: open,
  validatorUrl: null, // the contract is checked where it is made, and sent nowhere
  tryItOutEnabled: true, // Execute is one click away
  syntaxHighlight: { theme: "obsidian" }, // the one whose colours can all be read on its ground
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
});
