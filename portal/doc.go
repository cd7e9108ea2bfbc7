// Package portal is what people see: the pages of the explorer, the fragments and
// badges that other pages show, and the files these load. Each page has a file with
// its address, what it shows and how that is gathered; the template of the same name
// stands beside it. What the pages stand on is handed to them, see [Host].
//
// Everything is drawn by html/template, so that a text of the catalogue or of a
// question can be nothing but text. No page has a script or a style inside.
// Pages are complete without JavaScript; the scripts in script/ only save their
// reloading.
package portal
