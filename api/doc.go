// Package api answers questions over HTTP.
//
// A question comes in through [Server]: the routes (routes.go) read what was sent, with
// what every product needs (package wire) and what ours is asked (package question), ask
// the [compat.Matrix] that the [Catalogue] gives, and write the answer. Whatever is wrong
// is a fact.Error and is rendered in one place (problem.go), as a problem of RFC 9457. The
// annotations beside the handlers, those of package portal among them, are the contract,
// from which package openapi is generated.
//
//	@title			TestedOn
//	@version		1.0.0
//	@description	Is your environment tested? TestedOn knows which operating systems, JDKs, databases and other technologies each release of a product was tested with, and where that is written.
//	@description
//	@description	Every answer is a graded verdict and shows the statements it rests on. Component lists are not combinations: `combination.recorded` says whether the whole environment is on record as one test run.
//	@description
//	@description	Errors are problems (RFC 9457) with a `code`, a `hint` and `candidates`. Answers carry a strong `ETag` that changes with the catalogue; send it back in `If-None-Match`.
//	@description
//	@description	The examples are what the server answers on the day and from the catalogue that `x-examples` names; lists in JSON answers end early. A server with another catalogue publishes its own kinds of components and examples.
//	@description
//	@description	Every answer has `Cache-Control` and `X-Request-Id`.
//	@description
//	@description	Within v1, operations, optional parameters and members of answers may be added, and so may words to a list marked `x-extensible-enum`: ignore a member you do not know, and take a word you do not know for none of those you do. An `enum` is closed; the verdicts are. Nothing is renamed, removed or made compulsory. What is to end says so a year before, by the headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594).
//	@contact.name	TestedOn
//	@contact.url	https://github.com/testedon/testedon
//	@license.name	Apache-2.0
//	@license.url	https://www.apache.org/licenses/LICENSE-2.0
//	@externalDocs.description	The API by task, what may change within v1, and what did.
//	@externalDocs.url	https://github.com/testedon/testedon/blob/main/docs/api.md
//	@tag.name		check
//	@tag.description	The question: is this environment tested?
//	@tag.name		release
//	@tag.description	What is stated about one release: its matrix, system requirements, ports, known issues and notes.
//	@tag.name		catalogue
//	@tag.description	What is known: products, releases, technologies and the documents behind them.
//	@tag.name		embed
//	@tag.description	What other pages show: badges and answers to be put in.
//	@tag.name		service
//	@tag.description	Whether the service is well, and what its problems mean.
package api
