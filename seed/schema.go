package seed

import (
	"embed"
	"io/fs"
)

//go:embed schema
var schemas embed.FS

// Schemas has the JSON Schemas of the files of a catalogue, as NAME.schema.json.
// They refer to each other by these names.
func Schemas() fs.FS {
	sub, err := fs.Sub(schemas, "schema")
	if err != nil {
		panic(err) // only if the name above were no valid path
	}
	return sub
}
