// Package generate writes what makes answers of what the domain says: encode.go of package
// answers, with the methods of its interface encoder. AppendX appends a thing as the JSON
// that encoding/json writes of the documented type X; XOf gives it as a value of the type.
// The value of a field is the field or method of its name that the thing has, or what a tag
// names:
//
//	from:"Tech.ID"         a path of fields and methods; "." is the thing itself
//	from:"cite(Citation)"  what is made of such paths by a method of View or a function of the package
//	from:"-"               nothing: who makes the answer adds it
//	if:"Source"            the member is there only where this path is not empty
//
// A member with omitempty is missing, too, where a pointer on its path is nil. A text that a
// method Append and its name appends is written in place. Where View has a method keptX, what
// it gives is appended as it stands. Of a type that others embed the members alone are
// written, each after a comma.
//
// It is a test, which proves the committed file equal to a fresh one, or writes it:
// `go generate ./api/answers`.
package generate
