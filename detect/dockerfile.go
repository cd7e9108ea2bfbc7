package detect

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// instructions are those of a Dockerfile.
var instructions = map[string]bool{
	"ADD": true, "ARG": true, "CMD": true, "COPY": true, "ENTRYPOINT": true, "ENV": true, "EXPOSE": true, "FROM": true,
	"HEALTHCHECK": true, "LABEL": true, "MAINTAINER": true, "ONBUILD": true, "RUN": true, "SHELL": true,
	"STOPSIGNAL": true, "USER": true, "VOLUME": true, "WORKDIR": true,
}

// stage is a FROM of a Dockerfile.
type stage struct {
	image    string // with its arguments filled in
	platform string
	line     string
	missing  string // an argument without a default
}

// docker is a Dockerfile as far as it was read.
type docker struct {
	args   map[string]string // those before the first FROM, which alone count in a FROM
	named  map[string]*stage
	stages []*stage
}

// dockerfile reads a Dockerfile, from its first ARG or FROM on, or a FROM alone.
func dockerfile(p *page, i int) int {
	if word := instruction(p.lines[i]); word != "FROM" && word != "ARG" || i < p.blockEnd {
		return 0
	}
	d := docker{args: map[string]string{}, named: map[string]*stage{}}
	n := p.dockerLines(i, &d)
	if len(d.stages) == 0 {
		p.blockEnd = i + n
		return 0
	}
	p.stage(&d)
	return n
}

// instruction gives the instruction a line begins with, in capitals; empty where
// it is none.
func instruction(line string) string {
	word, rest, _ := strings.Cut(line, " ")
	if word = strings.ToUpper(word); instructions[word] && rest != "" {
		return word
	}
	return ""
}

// dockerLines reads the lines of a Dockerfile and gives their number. They end
// with the first that is neither an instruction, a comment nor a part of one.
func (p *page) dockerLines(i int, d *docker) int {
	n := 0
	for i+n < len(p.lines) {
		line := p.lines[i+n]
		word := instruction(line)
		if word == "" && line != "" && line[0] != '#' {
			break
		}
		d.read(word, line)
		more := p.instructionLines(i + n)
		if whole := strings.Join(p.lines[i+n:i+n+more], " "); word != "" && p.m.MarkedWithin(fact.InStranger, whole) != nil {
			p.unread(whole, "what it adds may make a component another thing")
		}
		n += more
	}
	return n
}

// instructionLines is the number of lines of an instruction: those it is
// continued on, and those of a here-document.
func (p *page) instructionLines(i int) int {
	n := 1
	for i+n < len(p.lines) && strings.HasSuffix(p.lines[i+n-1], `\`) {
		n++
	}
	_, document, ok := strings.Cut(p.lines[i], "<<")
	end := strings.Trim(document, `-"' `)
	if !ok || end == "" || strings.ContainsAny(end, " \t(") {
		return n
	}
	for m := n; i+m < len(p.lines); m++ {
		if p.lines[i+m] == end {
			return m + 1
		}
	}
	return n
}

// read reads an instruction.
func (d *docker) read(word, line string) {
	_, rest, _ := strings.Cut(line, " ")
	switch {
	case word == "FROM":
		d.from(rest, line)
	case word == "ARG" && len(d.stages) == 0:
		name, value, _ := strings.Cut(strings.TrimSpace(rest), "=")
		d.args[name] = strings.Trim(value, `"'`)
	}
}

// from reads "--platform=linux/arm64 eclipse-temurin:21 AS build".
func (d *docker) from(rest, line string) {
	s := &stage{line: line}
	words := strings.Fields(rest)
	for len(words) > 0 && strings.HasPrefix(words[0], "--") {
		if platform, ok := strings.CutPrefix(words[0], "--platform="); ok {
			s.platform, _ = d.expand(platform)
		}
		words = words[1:]
	}
	as := len(words) == 3 && strings.EqualFold(words[1], "as")
	if len(words) != 1 && !as {
		return
	}
	s.image, s.missing = d.expand(words[0])
	if _, ok := parseImage(s.image); !ok && s.image != "" {
		return
	}
	if base := d.named[strings.ToLower(s.image)]; base != nil {
		platform := s.platform
		*s = *base
		if platform != "" {
			s.platform = platform
		}
	}
	d.stages = append(d.stages, s)
	if as {
		d.named[strings.ToLower(words[2])] = s
	}
}

// expand fills in $NAME, ${NAME} and ${NAME:-default}, and names an argument that
// has no value.
func (d *docker) expand(text string) (expanded, missing string) {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "$")
		b.WriteString(before)
		if !ok || b.Len() > maxImage {
			return b.String(), missing
		}
		name, fallback, rest := variable(after)
		value := d.args[name]
		if value == "" {
			value = fallback
		}
		if value == "" && missing == "" {
			missing = name
		}
		b.WriteString(value)
		text = rest
	}
}

// variable reads what follows a "$".
func variable(text string) (name, fallback, rest string) {
	if inner, ok := strings.CutPrefix(text, "{"); ok {
		inner, rest, _ = strings.Cut(inner, "}")
		name, fallback, _ = strings.Cut(inner, "-")
		return strings.TrimSuffix(name, ":"), fallback, rest
	}
	end := strings.IndexFunc(text, func(c rune) bool { return c != '_' && (!isWordRune(c) || c >= 0x80) })
	if end < 0 {
		end = len(text)
	}
	return text[:end], "", text[end:]
}

// stage records the last stage, which is the environment: those before it that
// it does not build upon only make what is copied from them.
func (p *page) stage(d *docker) {
	s := d.stages[len(d.stages)-1]
	if s.missing != "" {
		p.miss(s.line, "the argument %s has no default", s.missing)
	} else {
		p.image("dockerfile", s.image, s.line)
	}
	if system, machine, ok := strings.Cut(s.platform, "/"); ok && system == "linux" {
		machine, _, _ = strings.Cut(machine, "/")
		p.found("dockerfile", p.m.Marked(fact.InMachine, machine), "", s.line)
	}
}
