// Package compat is the domain of TestedOn: what is known about the
// environments a release was tested with, and the graded answer that follows.
// It does no I/O and knows no product; everything it says comes from a
// [fact.Dataset].
//
// # Words
//
//   - product, release: `mi` "WSO2 Micro Integrator", `4.4.0`.
//     A release may have profiles: further runtimes beside the default one.
//   - platform: what several products are built on. What is stated about it is
//     inherited by every release of theirs, and marked so.
//   - technology: `rhel`, `corretto`, `postgresql`; it has a kind, aliases, a
//     version scheme, known cycles, and edges to relatives.
//   - kind: `os`, `jdk`, `dbms`, `arch`, … Kinds are data.
//   - claim: a release, a technology, a label as printed, a status and a
//     citation. "MI 4.4.0 was tested with Red Hat Enterprise Linux 9."
//   - advisory: a caveat bound to technologies and ranges of their versions.
//   - requirement: how much of a resource a release needs in one deployment, the
//     way it is run. A quantity is a value, or a range of values, with its unit.
//   - port: a network port a release listens on; an offset moves every one.
//   - note: how a release is installed, run or operated, in words.
//   - scope: what a statement is about: a platform, or a product and perhaps one
//     release and one profile of it.
//   - configuration: a recorded test run of one whole environment.
//   - source, citation: a document; the section and words of it a fact stands on.
//   - dataset: all of these as plain values, with a revision and a digest.
//   - matrix: the immutable index built from one dataset that answers questions.
//   - match: how the versions asked for relate to the versions listed.
//   - verdict: what follows from the match and the claim's status.
//
// # Ways to ask
//
// [Matrix.Product], [Matrix.Release] and [Matrix.Technology] find a thing by name, once; what
// is known of it are its methods: [Release.Listings], [Listing.Lifecycle], [Technology.Parse].
//
// [Release.Check] answers for one release and one environment. Package survey asks
// it of every release and of two, package plan turns what a release lists into
// environments to test. Package plain reads a question in plain words, package search finds
// things by names that are not spelt as they are. All stand on the steps of one verdict.
//
// # The one idea
//
// A printed version is a set of versions, and an asked version is a set too
// (package version). A match is the relation of the two sets, so everything
// said here about versions is set algebra; nothing is guessed.
package compat
