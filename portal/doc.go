// Package portal draws what people see: the pages of the explorer, the fragments
// and badges that other pages show, and the files these load. It is handed what
// the matrix answers and gives bytes; it reads nothing, asks nothing and knows no
// HTTP.
//
// Everything is drawn by html/template, so that a text of the catalogue or of a
// question can be nothing but text. No page has a script or a style inside.
// Pages are complete without JavaScript; static/portal.js only saves their
// reloading.
package portal
