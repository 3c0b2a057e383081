/** The states handler of docs/getting-started.md. Without Go it is skipped; in CI it fails, so that it is never missed there. */

import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createStatesClient } from '../contract/targets/states-client.ts';
import { operation } from '../spec/pure-bt/operation.ts';
import { exampleKeys, exampleServers } from './testing/example-servers.ts';
import { testFolder } from './testing/folder.ts';
import { project, readGuide } from './testing/guides/read-guide.ts';
import { startServerProcess } from './testing/server-process.ts';

const missing = exampleServers.find(({ name }) => name === 'Go')?.missing;
const folder = testFolder();

/** What the page leaves to the reader: imports, the key, two stores and a server. */
const rest = `package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

var users, devices sync.Map
var tokenKey, _ = jwt.ParseRSAPrivateKeyFromPEM([]byte(os.Getenv("STATES_TOKEN_KEY")))

func main() {
	listener, _ := net.Listen("tcp", "127.0.0.1:0")
	fmt.Println("listening on http://" + listener.Addr().String())
	_ = http.Serve(listener, http.HandlerFunc(states))
}
`;

test.skipIf(missing !== undefined && process.env['CI'] === undefined)(
  'the first state of the guide gives a fixture',
  async () => {
    const [handler] = readGuide('docs/getting-started.md').blocks.filter(({ language }) => language === 'go');
    for (const file of ['go.mod', 'go.sum'])
      await copyFile(join(project, 'docs', 'examples', 'go', file), join(folder, file));
    await writeFile(join(folder, 'main.go'), `${rest}\n${handler?.text}\n`);
    await promisify(execFile)('go', ['build', '-o', 'server', '.'], { cwd: folder });
    const env = { STATES_TOKEN: 's1', STATES_TOKEN_KEY: exampleKeys.STATES_TOKEN_KEY };
    await using server = await startServerProcess([join(folder, 'server')], { env });
    const open = (token: string): ReturnType<typeof createStatesClient> =>
      createStatesClient({ operation, url: server.url, headers: [['Authorization', `Bearer ${token}`]] });
    await using states = open('s1');
    await using stranger = open('s2');
    // The client refuses a malformed fixture, and a device that it got before.
    for (let at = 0; at < 2; at += 1) {
      const setup = await states.setup(operation.readyState);
      expect(setup).toMatchObject({ kind: 'ready' });
      if (setup.kind === 'ready') expect(await states.teardown(setup)).toBeUndefined();
    }
    expect(await states.setup('home mode on')).toMatchObject({ kind: 'unsupported' });
    expect(await stranger.setup(operation.readyState)).toMatchObject({ reason: expect.stringContaining('HTTP 401') });
  },
  600_000,
);
