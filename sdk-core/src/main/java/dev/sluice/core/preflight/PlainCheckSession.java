// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.spi.ServerSession;

/** A session that somebody else opened and closes. */
record PlainCheckSession(ServerSession session) implements CheckSession {
    @Override
    public void abort() {}

    @Override
    public void close() {}
}
