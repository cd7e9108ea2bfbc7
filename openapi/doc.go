// Package openapi publishes the contract of the API and a page to try it out.
//
// The contract is OpenAPI 3.1 (openapi.json, openapi.yaml), with the same in
// 3.0 (openapi-3.0.json) for older gateways. The three files are generated from
// the annotations beside the handlers of packages api and portal, see openapi/generate, and
// a test there proves that they are what the generator makes now. Package
// openapi/contract holds the requests and responses of the tests against them,
// and openapi/lint holds them against two rule books.
//
// The page is Swagger UI, vendored in ui/ by ui/vendor and served from the
// binary: nothing is loaded from another host, and it runs under a content
// security policy without inline scripts.
//
// The package knows net/http and nothing else of ours; [Routes] is its seam.
package openapi

//go:generate go test ./generate -run ^TestCommitted$ -count 1 -update
