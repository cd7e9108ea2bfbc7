// Command generate writes what makes answers of what the domain says: encode.go of
// package answers, out of its documented types. Each type whose comment has a directive
//
//	//encode:from l *compat.Listing
//
// is made of such a thing, and gets a method of View that appends it as the JSON that
// encoding/json writes of the type; with //encode:fill as well, one that fills the type.
// The value of a field is the field or method of its name that the thing has, or what a
// tag names:
//
//	from:"Tech.ID"         a path of fields and methods; "." is the thing itself
//	from:"cite(Citation)"  what is made of such paths by a method of View or a function of the package
//	from:"-"               nothing: who makes the answer adds it
//	if:"Source"            the member is there only where this path is not empty
//
// A member with omitempty is missing, too, where a pointer on its path is nil. A text that
// a method Append and its name appends is written in place. What //encode:kept names is a
// map to what is written already, looked at first. A type that others embed is a part,
// //encode:part in place of from: its members alone, each after a comma.
//
// Run it as `go generate ./api/answers`.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	source, err := generate(".")
	if err == nil {
		err = os.WriteFile(output, source, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "api/answers/generate:", err)
		os.Exit(1)
	}
}

// output is the file that is written, in the folder of the package.
const output = "encode.go"

// generate makes the file for the package in dir.
func generate(dir string) ([]byte, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	p, err := load(dir)
	if err != nil {
		return nil, err
	}
	return p.print()
}
