// Package interop drives our servers over stdio with the client of the official Go SDK.
package interop

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const modern = "2026-07-28"

var passed, failed atomic.Int32

func TestMain(m *testing.M) {
	code := m.Run()
	fmt.Printf("%d passed, %d failed\n", passed.Load(), failed.Load())
	os.Exit(code)
}

// check runs and counts one check; a failed one does not stop the next.
func check(t *testing.T, name string, run func(t *testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		defer func() {
			if t.Failed() {
				failed.Add(1)
			} else {
				passed.Add(1)
			}
		}()
		run(t)
	})
}

// eachRevision runs checks on every revision the SDK speaks.
func eachRevision(t *testing.T, run func(t *testing.T, revision string)) {
	for _, revision := range mcp.SupportedProtocolVersions() {
		t.Run(revision, func(t *testing.T) { run(t, revision) })
	}
}
