package compat_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/requirement"
)

func TestPorts(t *testing.T) {
	m := build(t, built())
	for _, c := range []struct {
		product, release, profile string
		offsets                   []int
		want                      string
	}{
		{product: "job", release: "1", want: "8280 base/esb+0, 9443 base/https+0"},
		{product: "web", release: "2.0", offsets: []int{10}, want: "8290 base/esb+10, 9453 base/https+10"},
		{product: "web", release: "1.0", want: "8280 base/esb+0, 8290 web/1.0/tiny/esb+10, 9444 web/1.0/https+0"},
		{product: "web", release: "1.0", profile: "TINY", want: "8290 web/1.0/tiny/esb+10, 9454 web/1.0/https+10"},
		{product: "web", release: "1.0", profile: "tiny", offsets: []int{0}, want: "8280 web/1.0/tiny/esb+0, 9444 web/1.0/https+0"},
		{product: "web", release: "1.0", profile: "big", want: "8280 base/esb+0, 9444 web/1.0/https+0"},
		{product: "web", release: "1.0", offsets: []int{10}, want: "8290 base/esb+10, 9454 web/1.0/https+10"},
		{product: "job", release: "1", offsets: []int{0, 1163}, want: "8280 base/esb+0, 9443 base/https+0, 9443 base/esb+1163, 10606 base/https+1163; 9443 twice"},
		{product: "job", release: "1", offsets: []int{0, 0}, want: "8280 base/esb+0, 9443 base/https+0, 8280 base/esb+0, 9443 base/https+0; 8280 twice; 9443 twice"},
		{product: "job", release: "1", offsets: []int{-8279}, want: "1 base/esb+-8279, 1164 base/https+-8279"},
		{product: "job", release: "1", offsets: []int{-8280}, want: "error offset "},
		{product: "job", release: "1", offsets: []int{56092}, want: "64372 base/esb+56092, 65535 base/https+56092"},
		{product: "job", release: "1", offsets: []int{0, 56093}, want: "error offset "},
		{product: "job", release: "1", offsets: make([]int, 33), want: "error offset "},
		{product: "web", release: "1.0", profile: "huge", want: "error profile tiny,big"},
		{product: "solo", release: "1", offsets: []int{99999}},
		{product: "solo", release: "2", want: "error release 1"},
	} {
		found, err := portsOf(m, c.product, c.release, c.profile, c.offsets...)
		got := errorWords(err)
		if err == nil {
			got = portWords(found)
		}
		if got != c.want {
			t.Errorf("%s %s %q %v: %s, want %s", c.product, c.release, c.profile, c.offsets, got, c.want)
		}
	}
}

func portsOf(m *compat.Matrix, product, release, profile string, offsets ...int) (*requirement.Ports, error) {
	r, err := m.Release(product, release)
	if err != nil {
		return nil, err
	}
	return r.Stated().Ports(profile, offsets...)
}

func portWords(p *requirement.Ports) string {
	var all []string
	for _, l := range p.Listening {
		all = append(all, fmt.Sprintf("%d %s+%d", l.Actual, l.ID, l.Moved))
	}
	text := strings.Join(all, ", ")
	for _, c := range p.Collisions {
		text += fmt.Sprintf("; %d %s", c.Number, map[int]string{2: "twice"}[len(c.Ports)])
	}
	return text
}

func TestPortsInWords(t *testing.T) {
	m := build(t, built())
	for want, q := range map[string]struct {
		product, release, profile string
		offsets                   []int
	}{
		"The documents say nothing about the ports of Solo 1.": {"solo", "1", "", nil},
		"Web 1.0 (Big) listens on 8280, 9444.":                 {"web", "1.0", "big", nil},
		"Job 1 listens on 8280, 9443 (https), 9443, 10606 (https). Port 9443 is taken 2 times, so they cannot run on one machine like this: " +
			"https with offset 0, esb with offset 1163.": {"job", "1", "", []int{0, 1163}},
	} {
		found, err := portsOf(m, q.product, q.release, q.profile, q.offsets...)
		if err != nil {
			t.Fatal(err)
		}
		if found.Summary != want {
			t.Errorf("%q, want %q", found.Summary, want)
		}
	}
	_, err := portsOf(m, "job", "1", "", 60000)
	if want := "the offset 60000 moves port 8280 (esb) to 68280, and ports are 1 to 65535. Use an offset from -8279 to 56092"; err == nil || err.Error() != want {
		t.Errorf("%v, want %q", err, want)
	}
}
