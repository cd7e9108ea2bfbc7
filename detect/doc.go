// Package detect recognises an environment from what machines print: the files
// and commands that tell of an operating system, a Java runtime, a database or
// an image. It is pure; what is printed comes in as text.
//
// A text is cleaned (colours, line ends, encodings) and parted into lines. What tools,
// mailers and people put before a line is taken off: quote marks, the name of a container
// or a file, the time and level of a log, bullets, prompts. Whole files are read first and
// own their lines. Then each line is read from the top: the recognisers are asked in turn,
// and the first that knows the format says how many lines it used. A line that no format
// knows and that names something is read in plain words, as a question is. A recogniser
// knows formats only; which technology a word means is data of the catalogue, see [fact.Mark].
//
// # What counts
//
// Only what tells of the machine a product runs on, and of the databases it
// uses. The machine of a database server, which its banner names too, is another
// one; so is the system inside a database's image. Of a Dockerfile only the last
// stage, with the stages it builds upon, is an environment. A kernel's version is
// no version of an operating system.
//
// Of a line in plain words all has to be understood, or it gives nothing: prose says many
// things of what it names. Behind a label, "OS: ", a word that stands beside no name is
// told and nothing more.
//
// Nothing is guessed. What is known as a format, but not as a technology or a
// version, and every line that nothing could read, is named as unrecognised. What
// prints the name of a technology may be another thing: a word beside it that no mark
// of the technology holds belongs to its name, see [compat.Technology.Strange], and so
// do the namespace of an image and the host of a provider.
//
// # Several findings of one thing
//
// Evidence is weighed when everything is read. A mark that several technologies
// share ("Oracle Corporation") counts for the one that other evidence of the
// same version names; where there is no such, Java counts as one of no vendor, and
// anything else for nothing. A Java runtime that
// names no vendor yields to evidence of the same version that names one. Of two
// versions of one technology, the one that holds the other yields: "21" to
// "21.0.5".
package detect
