// Package cli is the command line: it joins the other rooms to a program.
//
// A [Program] is a value; it is given arguments and streams, and gives an exit
// code. Scripts can rely on the codes:
//
//	0  passes, or done
//	1  does not pass, or nothing was found
//	2  the command line or the question is wrong
//	3  a server or the network failed
//	4  a database or a catalogue cannot be used
//	5  no such product or release
//	6  this program is at fault
//
// Every flag can be given as an environment variable, TESTEDON_ and its name.
// What was asked for goes to standard output, everything else to standard
// error.
package cli
