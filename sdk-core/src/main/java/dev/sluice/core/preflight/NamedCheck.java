// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.preflight.Finding.Level;

/** A check that says who it is when it is made. Immutable and thread-safe. */
abstract class NamedCheck implements LiveCheck {
    private final String id;
    private final ErrorCode code;
    private final Level level;

    NamedCheck(String id, ErrorCode code, Level level) {
        this.id = id;
        this.code = code;
        this.level = level;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final ErrorCode code() {
        return code;
    }

    @Override
    public final Level level() {
        return level;
    }
}
