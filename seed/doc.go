// Package seed reads a catalogue: a folder of YAML files written by curators,
// the embedded one (see [Embedded]) or another vendor's. It gives nothing but a
// checked [fact.Dataset].
//
// # The folder
//
//	catalogue.yaml                      what the catalogue says of itself, and whether it extends the embedded one (optional)
//	kinds.yaml                          the dimensions of an environment, in their order
//	technologies/KIND/ID.yaml           one technology: names, scheme, cycles, relatives
//	platforms/ID.yaml                   one platform and what is stated about every product on it (optional)
//	products/ID.yaml                    one product
//	releases/PRODUCT/VERSION.yaml       one release and what is stated about it
//	sources/ID.yaml                     one document that facts are taken from
//	advisories/ID.yaml                  one caveat (optional)
//	lifecycles/TECHNOLOGY.yaml          how long the series of one technology are maintained (optional)
//	configurations/ID.yaml              one recorded test run (optional)
//	mappings/ID.yaml                    how documents of data are read that facts are taken from (optional)
//
// A catalogue that extends the embedded one has its kinds, technologies and lifecycles, and the
// sources that these cite. Several catalogues are read as one where each has products of its own.
//
// A file is named after the id inside. Hidden files and files of other endings
// are left alone. The shapes are described for editors by the JSON Schemas in
// the folder schema beside this file; a test keeps the two equal.
//
// # What is stated
//
// The files of platforms and releases share one shape: sections list
// technologies with a status, requirements what a deployment needs, ports what is
// listened on, notes what else a page says. Each is a list of groups; a group
// tells its source and heading once, its rows the facts, each with its quote.
// The file of a release may list incompatibilities besides: what does not work
// together with what.
// The ID of a fact follows from what it is about and what it says:
//
//	mi/4.4.0/rhel/9                             a claim
//	carbon/physical/memory/required             a requirement
//	carbon/physical/memory/required/3-instances a document's example for three
//	ei/6.3.0/micro-integrator/passthrough-http  a port of a profile
//	carbon/unprivileged-user                    a note
//	si/4.3.0/ubuntu/14.04/with/java             two things that do not work together
//	postgresql/13                               a lifecycle
//
// # What is refused
//
// The reader is strict, since a fact that is dropped or bent in silence is worse
// than none: an unknown, missing or repeated key, a value of another type, an
// empty value, a number without quotes where text is meant (8.10 would become
// 8.1), an amount without its unit, anchors, aliases, tags, several documents in
// one file, and whatever [compat.Validate] finds. All problems of all files are
// reported together, each with its line, and nothing is loaded while there is
// one.
//
// # What is doubted
//
// [Lint] warns besides of what reads like a slip: a version that the technology's
// series do not have, the name of an operating system among the JDKs, rows that
// say the same, ranges that overlap with different statuses. A warning is no error
// and corrects nothing: what a source prints stays as it is printed.
//
// # Quotes
//
// A quote is the words of the source without its markup: a table row as its
// cells with " | " between, blanks drawn together. Only short quotes go in,
// never whole pages.
package seed
