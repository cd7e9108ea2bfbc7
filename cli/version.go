package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
)

// version tells what program this is.
type version struct {
	Output string `short:"o" enum:"text,json" default:"text" help:"Write text or json."`
}

// Run prints the version, the commit the build was made from, and that of Go.
func (v *version) Run(p Program) error {
	if v.Output == "json" {
		text, err := json.Marshal(map[string]string{
			"version": p.Version, "commit": p.Commit, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH,
		})
		if err != nil {
			return err
		}
		return write(p.Stdout, string(text)+"\n")
	}
	commit := p.Commit
	if commit == "" {
		commit = "unknown"
	}
	return write(p.Stdout, fmt.Sprintf("testedon %s (commit %s, %s, %s/%s)\n",
		p.Version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH))
}
