package fact_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"github.com/testedon/testedon/compat/fact"
)

// facts is a dataset of some nouns, of which one has so many claims.
func facts(claims int) *fact.Dataset {
	ds := &fact.Dataset{
		Revision: 7,
		Kinds:    []fact.Kind{{ID: "os", Name: "système \"<&>\""}},
		Images:   []fact.Image{{ID: "image", Product: "p"}},
	}
	for i := range claims {
		ds.Claims = append(ds.Claims, fact.Claim{ID: fmt.Sprintf("c-%05d", i), Label: "RHEL 9", Position: i})
	}
	ds.Digest = ds.ContentDigest()
	return ds
}

// pack is the parts of a gzip file, of texts.
func pack(texts ...string) []byte {
	var file bytes.Buffer
	for _, text := range texts {
		w := gzip.NewWriter(&file)
		io.WriteString(w, text)
		w.Close()
	}
	return file.Bytes()
}

// head is the header of a snapshot of a text.
func head(version int, text string) string {
	hash := sha256.Sum256([]byte(text))
	return fmt.Sprintf(`{"format":"testedon-snapshot","version":%d,"revision":7,"digest":"sha256:%s"}`+"\n", version, hex.EncodeToString(hash[:]))
}

func whole(text string) []byte { return pack(head(1, text), text) }

// open reads a snapshot to its end.
func open(data []byte) (*fact.Dataset, error) {
	s, err := fact.OpenSnapshot(data)
	if err != nil {
		return nil, err
	}
	return s.Dataset()
}

// TestSnapshot writes datasets and reads them again, with what a shell has as well: the
// digest is that of all lines but the first.
func TestSnapshot(t *testing.T) {
	for _, claims := range []int{0, 1, 1024, 1025, 5000} {
		ds := facts(claims)
		s := ds.Snapshot()
		got, err := open(s.Data)
		if err != nil {
			t.Fatal(claims, err)
		}
		if again := got.Snapshot(); again.Revision != 7 || !bytes.Equal(again.Data, s.Data) {
			t.Errorf("%d claims: what was read from a file is written otherwise", claims)
		}
		if got.Digest != ds.Digest || got.Revision != ds.Revision || got.ContentDigest() != ds.Digest || len(got.Claims) != claims {
			t.Errorf("%d claims: read as revision %d, %s", claims, got.Revision, got.Digest)
		}
		if claims > 0 && !reflect.DeepEqual(got.Claims, ds.Claims) || !reflect.DeepEqual(got.Images, ds.Images) {
			t.Errorf("%d claims are read otherwise", claims)
		}
		file, err := gzip.NewReader(bytes.NewReader(s.Data))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		first, rest, _ := strings.Cut(string(text), "\n")
		if hash := sha256.Sum256([]byte(rest)); "sha256:"+hex.EncodeToString(hash[:]) != ds.Digest {
			t.Errorf("%d claims: the lines have another digest; the first one is %s", claims, first)
		}
	}
}

// TestSnapshotRefused reads what is no sound snapshot: each is told in a way of its own.
func TestSnapshotRefused(t *testing.T) {
	sound := facts(3).Snapshot().Data
	altered := bytes.Clone(sound)
	altered[len(altered)-12] ^= 4
	long := "claim 1\n" + `{"id":"` + strings.Repeat("x", 1<<20) + `"}` + "\n"
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":               {nil, "it is no snapshot"},
		"a word":                {[]byte("hello"), "it is no snapshot"},
		"a page":                {[]byte("<!doctype html><title>Not found</title>"), "it is no snapshot"},
		"another gzip file":     {pack("hello\n"), "it is no snapshot"},
		"no end of the header":  {pack(strings.Repeat(" ", 1<<20)), "it is no snapshot"},
		"cut short":             {sound[:len(sound)-1], "it is cut short"},
		"cut in the header":     {sound[:15], "it is cut short"},
		"the header alone":      {pack(head(1, "claim 0\n")), "it was altered"},
		"a bit turned":          {altered, "it was altered"},
		"facts of another":      {pack(head(1, "claim 0\n"), "kind 0\n"), "it was altered"},
		"more behind it":        {append(bytes.Clone(sound), "something that is no part of it"...), "something stands behind its end"},
		"another part":          {append(bytes.Clone(sound), pack("claim 0\n")...), "it was altered"},
		"a newer format":        {pack(head(2, ""), ""), "a newer testedon (format 2)"},
		"a sort of later":       {whole("rumour 1\n{}\n"), `a newer testedon (there are facts of the sort "rumour")`},
		"a member of later":     {whole("claim 1\n" + `{"id":"c","mood":1}` + "\n"), "a newer testedon"},
		"a noun twice":          {whole("claim 0\nclaim 0\n"), "cannot be told apart"},
		"fewer than it says":    {whole("claim 2\n{}\n"), "cannot be told apart"},
		"a number that is huge": {whole("claim 99999999999\n{}\n"), "cannot be told apart"},
		"a number below zero":   {whole("claim -1\n"), "cannot be told apart"},
		"no line":               {whole("claim 1"), "cannot be told apart"},
		"a long fact":           {whole(long), ""},
		"nouns that are none":   {whole(""), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := open(c.data)
			var known *fact.Error
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
			} else if !errors.As(err, &known) || !strings.Contains(known.Message, c.want) || known.Hint == "" {
				t.Errorf("got %v, want %q and a hint", err, c.want)
			}
		})
	}
}

// TestSnapshotBomb reads a small file that unpacks to more than any snapshot has.
func TestSnapshotBomb(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: unpacks two gigabytes")
	}
	zeros := pack(strings.Repeat("\x00", 64<<20))
	_, err := open(append(pack(head(1, "")), bytes.Repeat(zeros, 33)...))
	var known *fact.Error
	if !errors.As(err, &known) || known.Code != fact.CodeTooLarge {
		t.Error(err)
	}
}

// FuzzSnapshot reads any file: what is taken gives the digest that it says.
func FuzzSnapshot(f *testing.F) {
	f.Add(facts(3).Snapshot().Data)
	f.Add(whole("rumour 1\n{}\n"))
	f.Add(whole("claim 2\n{}\n"))
	f.Add([]byte("<html>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ds, err := open(data)
		if again, failed := open(whole(string(data))); failed == nil && again.Revision != 7 {
			t.Error("another revision")
		}
		if err == nil && ds.Snapshot().Digest != ds.Digest {
			t.Error("another digest")
		}
	})
}
