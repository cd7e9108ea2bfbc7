// Package export writes what is stated of one release as a table for a
// spreadsheet, a page to read or to print, and a workbook, and the whole of a
// catalogue as one file of JSON.
//
// Everything of a release is gathered once, as a [Release]: its claims in the
// sections and the order of the pages they stand on, then requirements, ports,
// caveats, notes and recorded runs. Each format writes that, and nothing else. No
// value can break out of its place, whatever it holds; see the writers for how.
package export
