// Package page reads what a documentation page states about environments: which
// operating systems, JDKs, databases and other technologies something was tested
// with, what it needs, and what does not work together. It knows no vendor and
// no catalogue: whoever asks hands in which words are names ([Names]). Names and
// versions are given as printed.
//
// A page goes through three steps. Its text is made readable ([Read] bounds it,
// and blanks out comments). Whatever it is written in, Markdown, HTML, AsciiDoc or
// plain text, it becomes blocks: headings, paragraphs, lists, tables and notes,
// whose words know their lines. Then the blocks are read in order: the open
// headings, the sentence before a list or table and the heads of its rows and
// columns say of what kind an item is and what holds of it; where a heading or
// sentence says "tested", that outranks a label that says "supported". Sentences
// are read as well. What the columns of a table hold is decided once, from their heads
// and the first rows; a cell's mark, the head of its column, the row that parts those
// above from those below and the words around the table say together what holds.
//
// The words that pages use are data, at the top of kinds.go, statuses.go,
// columns.go and requirement.go. The names of technologies are handed in.
package page
