package portal

import (
	_ "embed"
	glob "path"
	"strings"
)

//go:embed trackers.txt
var trackersText string

// trackers are the names and patterns of trackers.txt.
var trackers = readTrackers(trackersText)

func readTrackers(text string) (all []string) {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.Fields(line)...)
		}
	}
	return all
}

// isTracker reports whether a parameter was added to an address on its way, and
// asks for nothing. A name without a letter is a cache buster.
func isTracker(name string) bool {
	name = strings.ToLower(name)
	if !strings.ContainsFunc(name, func(c rune) bool { return c < '0' || c > '9' }) {
		return true
	}
	for _, pattern := range trackers {
		if ok, err := glob.Match(pattern, name); ok && err == nil {
			return true
		}
	}
	return false
}
