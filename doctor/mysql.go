package doctor

import (
	"context"
	"database/sql"
	"net"
	"strconv"

	driver "github.com/go-sql-driver/mysql"

	"github.com/testedon/testedon/internal/secret"
)

var (
	mysql   = engine{name: "MySQL", schemes: []string{"mysql"}, port: 3306, modes: mysqlModes, query: "SELECT @@version", version: mysqlVersion}
	mariadb = engine{name: "MariaDB", schemes: []string{"mariadb"}, port: 3306, modes: mysqlModes, query: "SELECT @@version", version: mysqlVersion}
)

const mysqlModes = "DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY"

// mysqlVersion asks a server that speaks the protocol of MySQL, and writes what
// it tells as the mysql client does for `status`.
func mysqlVersion(ctx context.Context, on Machine, a *address) (string, error) {
	c := driver.NewConfig()
	c.User, c.Passwd, c.DBName = a.user, on.Getenv(secret.Variable), a.database
	c.Net, c.Addr = "tcp", net.JoinHostPort(a.host, strconv.Itoa(int(a.port)))
	c.DialFunc, c.Logger = on.Dial, &driver.NopLogger{}
	if a.local() {
		c.Net, c.Addr = "unix", a.host
	} else {
		var err error
		if c.TLS, err = a.security.config(on, a.host); err != nil {
			return "", err
		}
		c.AllowFallbackToPlaintext = a.security.fallback()
	}
	connector, err := driver.NewConnector(c)
	if err != nil {
		return "", err
	}
	db := sql.OpenDB(connector)
	defer db.Close() //nolint:errcheck // all is said
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was done
	var version, comment string
	err = tx.QueryRowContext(ctx, "SELECT @@version, @@version_comment").Scan(&version, &comment)
	return "Server version: " + version + " " + comment, err
}
