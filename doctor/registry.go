package doctor

import (
	"fmt"
	"strconv"
	"strings"
)

// currentVersion is where the registry of Windows tells what it is. It is the
// same in every language of the system, which what `ver` and systeminfo print
// is not, and it tells the server from the client.
const currentVersion = `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion`

// systemInfo writes the values that `reg query` prints, a name, a type and a
// value in each line, as systeminfo writes them.
func systemInfo(printed string) string {
	values := map[string]string{}
	for line := range strings.Lines(printed) {
		if words := strings.Fields(line); len(words) > 2 && strings.HasPrefix(words[1], "REG_") {
			values[words[0]] = strings.Join(words[2:], " ")
		}
	}
	if values["ProductName"] == "" || values["CurrentBuild"] == "" {
		return ""
	}
	return fmt.Sprintf("OS Name: Microsoft %s\nOS Version: %s\n", values["ProductName"], build(values))
}

// build is the version of the system. Before Windows 10 it is one text; since
// then that text stays the same, and numbers beside it count.
func build(values map[string]string) string {
	version := values["CurrentVersion"]
	if major, err := strconv.ParseUint(values["CurrentMajorVersionNumber"], 0, 32); err == nil {
		version = fmt.Sprintf("%d.0", major)
	}
	version += "." + values["CurrentBuild"]
	if revision, err := strconv.ParseUint(values["UBR"], 0, 32); err == nil {
		version += fmt.Sprintf(".%d", revision)
	}
	return version
}
