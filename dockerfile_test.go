package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// read gives the text of a file.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestImageHasEveryRoom makes sure that what the program is made of reaches the
// build of the image: .dockerignore lets in only what it names.
func TestImageHasEveryRoom(t *testing.T) {
	named := strings.Fields(read(t, ".dockerignore"))
	for _, p := range goList(t, "-deps", ".") {
		path, ours := place(p.ImportPath)
		room, _, _ := strings.Cut(path, "/")
		if ours && room != "." && !slices.Contains(named, "!"+room) {
			t.Errorf(".dockerignore keeps out %s, which is part of the program", room)
		}
	}
}

// TestImageUsesTheGoOfTheModule holds the two places together that name it.
func TestImageUsesTheGoOfTheModule(t *testing.T) {
	image := regexp.MustCompile(`(?m)^ARG GO_VERSION=(\d+\.\d+)$`).FindStringSubmatch(read(t, "Dockerfile"))
	module := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "go.mod"))
	if image == nil || module == nil || image[1] != module[1] {
		t.Errorf("the Dockerfile builds with Go %v, the module wants %v", image, module)
	}
}
