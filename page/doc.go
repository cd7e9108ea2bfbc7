// Package page reads what a documentation page states about environments: which
// operating systems, JDKs, databases and other technologies something was tested
// with, what it needs, and what does not work together. It knows no vendor and
// no catalogue: whoever asks hands in which words are names ([Names]). Names and
// versions are given as printed.
//
// A page goes through three steps. Its text is made readable ([Read] bounds it, blanks out
// comments, and resolves what it defines itself: links, attributes, notes). Whatever it is
// written in, Markdown, HTML, AsciiDoc, reStructuredText or plain text, it becomes blocks:
// headings, paragraphs, lists, tables and notes, whose words know their lines and the notes
// they refer to; pictures, icons and emoji codes are one of three signs, yes, no and unclear
// (sign.go). Then the blocks are read in order. A table has one shape, found from its heads
// and a sample of its cells (shape.go), by which each row is read. What holds of an item is
// said by the nearest words: its cell, the head of its column, the row above, the heading,
// the sentence directly before, the title (statuses.go). A denial in any of them is never a
// yes; where places contradict each other, nothing is stated, and the line is told. In the
// end every line that names a technology and a number is a statement, unread, or a remark
// (told.go).
//
// The words that pages use are data, in status_words.go and at the top of kinds.go,
// columns.go and requirement.go. The names of technologies are handed in.
package page
