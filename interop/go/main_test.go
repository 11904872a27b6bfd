// Package interop drives our servers with the client of the official Go SDK.
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

// A setting is how a client and a server meet.
type setting struct {
	way      string
	revision string
}

const (
	stdio = "stdio"
	http  = "HTTP"
	sse   = "HTTP+SSE"
)

// settings are all revisions the SDK speaks over what is still current, and over HTTP+SSE the revision that has it
// and the newest whose clients may still use it.
func settings() []setting {
	all := []setting{{sse, "2024-11-05"}, {sse, "2025-11-25"}}
	for _, way := range []string{stdio, http} {
		for _, revision := range mcp.SupportedProtocolVersions() {
			all = append(all, setting{way, revision})
		}
	}
	return all
}

// eachSetting runs checks in every setting.
func eachSetting(t *testing.T, run func(t *testing.T, s setting)) {
	for _, s := range settings() {
		t.Run(s.way+"/"+s.revision, func(t *testing.T) { run(t, s) })
	}
}
