// Package generate makes the contract of the API from the annotations beside
// its handlers:
//
//	annotations ─swag─▶ Swagger 2.0 ─convert─▶ OpenAPI 3.0 ─repair──────────▶ complete ─validate─▶ openapi-3.0.json
//	                                                          └─upgrade─▶ 3.1 ─complete ─validate─▶ openapi.json, openapi.yaml
//
// The annotation language cannot say all that OpenAPI can, and much would have
// to be said again at every operation; repair.go says it once. The kinds and the
// examples are those of the catalogue within the program: openapi.Complete asks the
// server for the answers, as it does for a server with another catalogue.
//
// It is a test, which proves the committed files equal to fresh ones, or writes them:
// `go generate ./openapi`, or `make openapi`.
package generate
