package interop

import (
	"bufio"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

var listening = regexp.MustCompile(`Listening on (\S+)\. `)

// reach gives what a client connects by to a server of its own, which the end of the test stops.
func reach(t *testing.T, way string, args []string) mcp.Transport {
	t.Helper()
	node := os.Getenv("PORTICO_NODE")
	if way == stdio {
		return &mcp.CommandTransport{Command: exec.Command(node, args...)}
	}
	flags := append([]string{args[0], "--transport=http", "--port=0"}, args[1:]...)
	address := listen(t, exec.Command(node, flags...))
	if way == sse {
		return &mcp.SSEClientTransport{Endpoint: strings.TrimSuffix(address, "mcp") + "sse"}
	}
	return &mcp.StreamableClientTransport{Endpoint: address}
}

// listen starts a server and waits until it says where it is.
func listen(t *testing.T, server *exec.Cmd) string {
	t.Helper()
	said, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	})
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if found := listening.FindStringSubmatch(lines.Text()); found != nil {
			return found[1]
		}
	}
	t.Fatal("the server did not listen")
	panic("unreachable")
}
