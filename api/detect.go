package api

import (
	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/detect"
)

// textBodies is how many times larger than another a body with texts to recognise may be:
// 2 MiB, where the limit is 64 KiB, as JSON writes a line end and a quote in two bytes.
const textBodies = 32

// Texts is the body of POST /v1/detect.
type Texts struct {
	// Texts are what was printed, each as it is; one may hold several things. They are of up to 1048576 bytes in all.
	Texts []string `json:"texts" example:"ID=\"rhel\"\nVERSION_ID=\"9.4\"" minLength:"1" maxLength:"1048576" validate:"min=1,max=64"`
} // @name Texts

// @Summary		Recognise an environment from what machines print
// @Description	Takes text as machines print it and recognises which is which: `/etc/os-release`, `/etc/redhat-release`, `lsb_release`, `uname`, `sw_vers`, Windows `ver` and `systeminfo`; `java -version` and `$JAVA_HOME/release`; `SELECT version()`, `@@VERSION`, the banner of Oracle, `db2level`, `mysql --version`; a JDBC URL with a version after it; references to images, and a Dockerfile, of which the last stage counts; files of Docker Compose, Kubernetes, Helm, GitHub Actions, Terraform and Ansible, `docker inspect`, databases as `aws`, `gcloud` and `az` print them, `deployment.toml`; bills of materials in CycloneDX and SPDX, package URLs and CPEs. A text may be a whole terminal session.
// @Description
// @Description	Only what tells of the machine a product runs on, and of the databases it uses, is found; the machine of a database server is another one. Nothing is guessed: what is no technology or version known here is in `unrecognised`. Of a JDBC URL nothing but the driver is given back.
// @Description
// @Description	A body of `text/plain` is one text, and each part of a `multipart/form-data` is one, whatever its name. Up to 64 texts, and 1 MiB in all. `texts` may also be given to `POST /v1/check`.
// @Description
// @Description	A product that a text names, in a log, an image or a pack, is in `products`; it is no part of the environment.
// @Tags			check
// @ID				detect
// @Param			texts	body		Texts	true	"What was printed"
// @Success		200		{object}	Detected	"What was recognised, and what was not"
// @Router			/v1/detect [post]
func (*Server) detect(c echo.Context, v *view, _ string, body []byte) error {
	texts, err := question.ReadTexts(c.Request().Header.Get("Content-Type"), body)
	if err != nil {
		return err
	}
	found := answers.DetectedOf(detect.Read(v.Matrix, texts))
	found.Catalogue = &v.Catalogue
	c.Response().Header()["Cache-Control"] = wire.CacheNever // it is about the caller's machines
	return wire.JSON(found).Send(c)
}
