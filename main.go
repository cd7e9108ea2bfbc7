// Command testedon tells whether an environment is tested for a release of a
// product: see package cli.
package main

import (
	"context"
	"os"

	"github.com/testedon/testedon/cli"
)

// version and commit are set by the build, with -ldflags -X. Where they are not,
// the build info speaks for them.
var version, commit string

func main() {
	program := cli.Program{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Version: version, Commit: commit,
	}
	os.Exit(program.Run(context.Background()))
}
