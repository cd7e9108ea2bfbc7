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

SwaggerUIBundle({
  url: "/openapi-3.0.json", // says the same; Swagger UI takes seconds to open an operation of an OpenAPI 3.1
  dom_id: "#docs",
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [integers],
  validatorUrl: null, // the contract is checked where it is made, and sent nowhere
  deepLinking: true, // /docs#/check/check opens that operation
  tryItOutEnabled: true, // Execute is one click away
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
});
