package fact

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Snapshot is a whole dataset as a file: gzip of a header, which is JSON on a line, and of
// the text that a [Digest] hashes, so that gunzip | tail -n +2 | sha256sum gives the digest.
type Snapshot struct {
	Revision int64
	Digest   string // of the facts as they stand in the file
	Recorded string // the day of the revision; may be empty
	Data     []byte // the file

	size int64 // of the facts, unpacked
}

// header is the first line of a snapshot.
type header struct {
	Format   string `json:"format"`
	Version  int    `json:"version"` // of the format
	Revision int64  `json:"revision"`
	Digest   string `json:"digest"`
	Recorded string `json:"recorded,omitempty"`
}

const (
	snapshotFormat  = "testedon-snapshot"
	snapshotVersion = 1
)

// What a snapshot may have: bytes as a file and unpacked, of its header, and facts. A million
// claims take some 20 MB, and 350 MB unpacked.
const (
	MaxSnapshot = 256 << 20
	maxUnpacked = 2 << 30
	maxHeader   = 1 << 10
	maxFacts    = 10_000_000
)

// Snapshot is the dataset as a file. It has to be in order, see [Dataset.Sort].
func (ds *Dataset) Snapshot() *Snapshot {
	d := NewDigest()
	facts := packed(func(w io.Writer) {
		d.text.Reset(io.MultiWriter(d.hash, w))
		ds.write(d)
		_ = d.text.Flush() // to a hash and to memory
	})
	s := &Snapshot{Revision: ds.Revision, Digest: d.String(), Recorded: ds.Recorded}
	// A gzip file may have parts, and so the header can be written when the digest is known.
	s.Data = append(packed(func(w io.Writer) {
		_ = json.NewEncoder(w).Encode(header{snapshotFormat, snapshotVersion, s.Revision, s.Digest, s.Recorded})
	}), facts...)
	return s
}

// packed is what write writes, as a part of a gzip file.
func packed(write func(io.Writer)) []byte {
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	write(w)
	_ = w.Close() // memory takes everything
	return file.Bytes()
}

// OpenSnapshot reads the header of a snapshot, and makes sure that the whole file is what its
// digest says. Nothing of it is decoded yet.
func OpenSnapshot(data []byte) (*Snapshot, error) {
	s := &Snapshot{Data: data}
	in, err := s.unpack()
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	s.size, err = io.Copy(hash, in)
	if err != nil {
		return nil, unpackable(err)
	}
	if s.size > maxUnpacked {
		return nil, &Error{Code: CodeTooLarge, Message: fmt.Sprintf("the snapshot has more than %d MiB of facts", maxUnpacked>>20), Limit: maxUnpacked}
	}
	if "sha256:"+hex.EncodeToString(hash.Sum(nil)) != s.Digest {
		return nil, badSnapshot(nil, "it was altered: its facts are not those that its digest is of")
	}
	return s, nil
}

// unpack reads the header and gives what comes after it.
func (s *Snapshot) unpack() (*bufio.Reader, error) {
	const none = "it is no snapshot"
	if !bytes.HasPrefix(s.Data, []byte{0x1f, 0x8b}) { // as each gzip file begins
		return nil, badSnapshot(nil, none)
	}
	file, err := gzip.NewReader(bytes.NewReader(s.Data))
	if err != nil {
		return nil, unpackable(err)
	}
	in := bufio.NewReaderSize(io.LimitReader(file, maxUnpacked+maxHeader), 64*maxHeader)
	line, err := in.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
		return nil, unpackable(err)
	}
	var h header
	if len(line) > maxHeader || json.Unmarshal(line, &h) != nil || h.Format != snapshotFormat || h.Version < 1 || h.Revision < 0 {
		return nil, badSnapshot(nil, none)
	}
	if h.Version > snapshotVersion {
		return nil, laterSnapshot(fmt.Errorf("format %d", h.Version))
	}
	s.Revision, s.Digest, s.Recorded = h.Revision, h.Digest, h.Recorded
	return in, nil
}

// documentsAtOnce is how many are decoded together.
const documentsAtOnce = 1024

// Dataset decodes the facts.
func (s *Snapshot) Dataset() (*Dataset, error) {
	in, err := s.unpack()
	if err != nil {
		return nil, err
	}
	to := NewDecoder()
	faulty := s.decode(in, to)
	ds, unread := to.End()
	if faulty != nil {
		return nil, badSnapshot(faulty, "its facts cannot be told apart")
	}
	if unread != nil {
		return nil, laterSnapshot(unread)
	}
	ds.Revision, ds.Digest, ds.Recorded = s.Revision, s.Digest, s.Recorded
	return ds, nil
}

// decode reads the facts of all nouns. That there are as many as it says is known before
// there is room made for them.
func (s *Snapshot) decode(in *bufio.Reader, to *Decoder) error {
	left := min(maxFacts, int(s.size)/len("{}\n"))
	for known := map[string]bool{}; ; {
		line, err := in.ReadString('\n')
		if line == "" && errors.Is(err, io.EOF) {
			return nil
		}
		word, number, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n > left || known[word] {
			return fmt.Errorf("%q cannot be a noun and the number of its facts", line[:min(len(line), 80)])
		}
		left -= n
		known[word] = true
		to.Begin(word, n)
		for n > 0 {
			var text strings.Builder
			some := min(n, documentsAtOnce)
			for range some {
				if err := copyLine(&text, in); err != nil {
					return err
				}
			}
			to.Add(some, text.String())
			n -= some
		}
	}
}

// copyLine copies a line of any length.
func copyLine(to *strings.Builder, in *bufio.Reader) error {
	for {
		part, err := in.ReadSlice('\n')
		to.Write(part)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// unpackable is the error of a file that cannot be unpacked.
func unpackable(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return badSnapshot(err, "it is cut short")
	case errors.Is(err, gzip.ErrHeader):
		return badSnapshot(err, "something stands behind its end")
	}
	return badSnapshot(err, "it was altered: it cannot be unpacked")
}

func badSnapshot(cause error, what string) error {
	return &Error{Code: CodeInvalid, Message: "the snapshot cannot be used: " + what, Cause: cause,
		Hint: "Fetch it anew, or write it anew with testedon snapshot"}
}

func laterSnapshot(cause error) error {
	return &Error{Code: CodeInvalid, Message: "the snapshot was written by a newer testedon (" + cause.Error() + ")", Cause: cause,
		Hint: "Use that version"}
}
