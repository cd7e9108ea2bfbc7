package api

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

const (
	snapshotPath   = "/v1/snapshot"
	snapshotFolder = "/v1/snapshots/"
)

// How long a snapshot may be kept: at an address of the newest one it has to be asked for
// each time, at that of its digest it never changes.
var (
	typeGzip     = []string{"application/gzip"}
	cacheAsk     = []string{"public, no-cache"}
	cacheForever = []string{"public, max-age=31536000, immutable"}
)

// snapshotName names a snapshot.
type snapshotName struct {
	// The digest of the facts: 64 hex digits, with or without `sha256:` before them.
	Digest string `path:"digest" example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
}

// snapshotTable reads what the path names.
var snapshotTable = wire.TableOf[snapshotName]()

// @Summary		Get a snapshot
// @Description	Every fact of the catalogue in one file, from which another server answers (`testedon serve --follow`). It is compressed by gzip. Its first line is a JSON object with `format`, `version`, `revision` and `digest`; the rest is what the digest is of, so that `gunzip | tail -n +2 | sha256sum` gives it. Ask with `If-None-Match` whether there is a newer one, and with `known` for that of an earlier revision.
// @Tags			catalogue
// @ID				getSnapshot
// @Produce		application/gzip
// @Success		200	{string}	string	"The snapshot"
// @Router			/v1/snapshot [get]
func (s *Server) getSnapshot(c echo.Context) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	if v.Moment.AsOf != 0 {
		return fact.Refuse("asOf", "snapshot.day")
	}
	if _, err := wire.ReadInput(c); err != nil {
		return err
	}
	return v.sendSnapshot(c, v.Snapshot(), cacheAsk)
}

// @Summary		Get the snapshot of a digest
// @Description	The snapshot of the facts that answer now, under an address at which it never changes: caches may keep it for good. A server has no other; a folder that `testedon snapshot` writes has those before it as well.
// @Tags			catalogue
// @ID				getSnapshotByDigest
// @Produce		application/gzip
// @Success		200	{string}	string	"The snapshot"
// @Router			/v1/snapshots/{digest} [get]
func (s *Server) getSnapshotOf(c echo.Context) error {
	in, err := wire.ReadInput(c, snapshotTable.Params...)
	if err != nil {
		return err
	}
	named, err := snapshotTable.Read(in)
	if err != nil {
		return err
	}
	v, err := s.now()
	if err != nil {
		return err
	}
	snapshot := v.Snapshot()
	if "sha256:"+strings.TrimPrefix(named.Digest, "sha256:") != snapshot.Digest {
		e := fact.Refuse("digest", "snapshot.unknown", wire.Quotable(named.Digest), snapshotPath).Coded(fact.CodeNotFound)
		e.Candidates = []string{snapshot.Digest}
		return e
	}
	return v.sendSnapshot(c, snapshot, cacheForever)
}

// sendSnapshot sends the file, or the part of it that is asked for.
func (v *view) sendSnapshot(c echo.Context, snapshot *fact.Snapshot, lifetime []string) error {
	header := c.Response().Header()
	header["Link"] = serviceLinks
	header["Content-Type"] = typeGzip
	header["Cache-Control"] = lifetime
	header["Etag"] = []string{v.ETag(wire.NewFingerprint.Add(snapshotPath))}
	header.Set("Content-Disposition", `attachment; filename="testedon.snapshot"`)
	header.Set("Accept-Ranges", "bytes") // which package http says with a 200 only
	keepPacked(c)
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(snapshot.Data))
	return nil
}
