package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// scribe writes the rows of one revision. The first error stays in err; from
// then on it writes nothing.
type scribe struct {
	*registers
	ctx             context.Context
	tx              *sql.Tx
	owner, revision int64
	statements      map[string]*sql.Stmt
	err             error
}

// newScribe makes a scribe for a transaction, which ends when the context does.
// Its statements need not watch the context as well; that would cost a
// goroutine for every row.
func newScribe(ctx context.Context, tx *sql.Tx, known *registers) *scribe {
	return &scribe{registers: known, ctx: context.WithoutCancel(ctx), tx: tx, statements: map[string]*sql.Stmt{}}
}

// insert adds a row to a table, always with the same columns for one table.
func (w *scribe) insert(table string, columns []string, args []any) {
	w.exec("insert "+table, args, func() string {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
		return fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(columns, ", "), marks)
	})
}

// withdraw ends a row with this revision.
func (w *scribe) withdraw(table string, key int64) {
	w.exec("withdraw "+table, []any{w.revision, key}, func() string {
		return "UPDATE " + table + " SET withdrawn = ? WHERE key = ?"
	})
}

// exec runs a statement, which it prepares once for each name.
func (w *scribe) exec(name string, args []any, query func() string) {
	if w.err != nil {
		return
	}
	statement, prepared := w.statements[name]
	if !prepared {
		if statement, w.err = w.tx.PrepareContext(w.ctx, query()); w.err != nil {
			return
		}
		w.statements[name] = statement
	}
	_, w.err = statement.ExecContext(w.ctx, args...)
}
