package cli

import (
	"runtime"
)

// version tells what program this is.
type version struct {
	Output string `short:"o" enum:"text,json" default:"text"`
}

// Run prints the version, the commit the build was made from, and that of Go.
func (v *version) Run(p Program) error {
	return p.tell(v.Output, map[string]string{
		"version": p.Version, "commit": p.Commit, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH,
	}, p.say("cli.version", p.Version, p.Commit, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)+"\n")
}
